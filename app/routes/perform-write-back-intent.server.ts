import { recordInstall } from "#app/settings/record-install.server.ts";
import { fetchAccessScopes } from "#app/shopify/client/fetch-access-scopes.server.ts";
import type { WriteBackAnswer } from "#app/ui/write-back-view.ts";
import { writeBackWords } from "#app/ui/write-back-words.ts";
import { showPreview } from "#app/writeback/show-preview.server.ts";
import { switchKind } from "#app/writeback/switch-kind.server.ts";

import type { PageRequest } from "./load-page.server.ts";
import { pageClient } from "./page-client.server.ts";
import type { WriteBackIntent } from "./write-back-intent.ts";

/**
 * Does what a person wants of the kinds of write-back, and says how it went.
 * @throws AppError where it cannot be done, in words
 */
export async function performWriteBackIntent(
  page: PageRequest,
  intent: WriteBackIntent,
): Promise<WriteBackAnswer> {
  const { pool, shop, userId: actor, now } = page;
  if (intent.intent === "permission") return readPermissions(page);
  const { kind } = intent;
  switch (intent.intent) {
    case "preview":
      return { ok: true, message: null, preview: await showPreview(pool, { shop, kind, actor, now }) };
    case "on":
      await switchKind(pool, { shop, kind, on: true, previewId: intent.previewId, actor, now });
      return { ok: true, message: `Switched on: ${writeBackWords[kind]}` };
    case "off":
      await switchKind(pool, { shop, kind, on: false, previewId: null, actor, now });
      return { ok: true, message: `Switched off: ${writeBackWords[kind]}` };
  }
}

/** Shopify tells of it by webhook too, which may come later than the person looks. */
export async function readPermissions(page: PageRequest): Promise<WriteBackAnswer> {
  const { context, pool, shop, now } = page;
  const scopes = await fetchAccessScopes(pageClient(context, page));
  await recordInstall(pool, { shop, scopes, profile: null, now });
  return { ok: true, message: "Shopify has given the permission" };
}
