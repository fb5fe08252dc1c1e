import type { Db } from "#app/lib/db.server.ts";
import { recordPreview } from "#app/outbox/record-preview.server.ts";
import type { WriteBackKind } from "#app/settings/settings-schema.ts";
import {
  previewedKind,
  previewIntents,
  type IntentPreview,
  type PreviewedKind,
} from "./preview-intents.server.ts";

/** What a person is shown of a kind; by `id` it can be switched on for an hour. */
export type ShownPreview = IntentPreview & { id: string; kind: PreviewedKind };

/**
 * What would leave if this kind were switched on now, and the note that `actor`, a person, is shown it.
 * @throws AppError PREVIEW_NEEDED for stock, whose preview is the comparison
 */
export async function showPreview(
  db: Db,
  { shop, kind: asked, actor, now }: { shop: string; kind: WriteBackKind; actor: string; now: Date },
): Promise<ShownPreview> {
  const kind = previewedKind(asked);
  const preview = await previewIntents(db, { shop, kind });
  const { waiting, refunds, messages } = preview;
  const id = await recordPreview(db, { shop, kind, actor, figures: { waiting, refunds, messages }, now });
  return { ...preview, id, kind };
}
