import type { LoaderFunctionArgs } from "@remix-run/node";

import { loadEntryState } from "#app/cache/load-entry-state.server.ts";
import { AppError } from "#app/lib/errors.ts";

import { noSuchEntry, readEntryKey } from "./cache-kind.ts";
import { viewCacheRow } from "./cache-list.server.ts";
import { loadPage } from "./load-page.server.ts";

/** Where an entry stands, for its page to notice when that changes. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  return loadPage(request, async ({ pool, shop }) => {
    const { kind, id } = readEntryKey(params);
    const state = await loadEntryState(pool, { shop, kind, id });
    if (!state) throw new AppError("NOT_FOUND", noSuchEntry(kind, id));
    return Response.json(viewCacheRow(state));
  });
}
