import type { ActionFunctionArgs } from "@remix-run/node";

import { api } from "./api/api.server.ts";

/** Everything below `/api` but the webhooks' addresses, whatever the method. Nothing on the way may keep an answer: persons are in it. */
async function answer({ request }: ActionFunctionArgs): Promise<Response> {
  const response = await api.fetch(request);
  response.headers.set("Cache-Control", "no-store");
  return response;
}

export { answer as action, answer as loader };
