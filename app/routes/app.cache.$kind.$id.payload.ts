import type { LoaderFunctionArgs } from "@remix-run/node";

import { loadPayloadText } from "#app/cache/list-payload-versions.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { readEntryKey } from "./cache-kind.ts";
import { loadPage } from "./load-page.server.ts";

/** The text of one payload of an entry, or of one of an order's fulfilment orders, as it is kept. A person's data may be in it: nobody keeps a copy. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  return loadPage(request, async ({ pool, shop, url }) => {
    const isPart = params["kind"] === "fulfillment_order";
    const { id } = readEntryKey(isPart ? { ...params, kind: "order" } : params);
    const kind = isPart ? "fulfillment_order" : readEntryKey(params).kind;
    const shape = url.searchParams.get("shape") ?? "";
    const contentHash = url.searchParams.get("hash") ?? "";
    const isNamed = /^[a-z]{1,20}$/.test(shape) && /^[\w-]{1,100}$/.test(contentHash);
    const raw = isNamed ? await loadPayloadText(pool, { shop, kind, id, shape, contentHash }) : null;
    if (raw === null)
      throw new AppError(
        "NOT_FOUND",
        "This version is not kept any more: a newer one has come, or its time was over.",
      );
    return new Response(raw, {
      headers: {
        "Content-Type": "text/plain; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
      },
    });
  });
}
