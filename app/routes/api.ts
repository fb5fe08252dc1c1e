import type { ActionFunctionArgs } from "@remix-run/node";

import { api } from "./api/api.server.ts";

/** Everything below `/api` but the webhooks' addresses, whatever the method. */
const answer = ({ request }: ActionFunctionArgs): Response | Promise<Response> => api.fetch(request);

export { answer as action, answer as loader };
