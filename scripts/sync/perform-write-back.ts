import type { Pool } from "pg";
import { stockSkips } from "#app/erp/inventory/stock-compare-row.ts";
import { listKinds } from "#app/outbox/list-kinds.server.ts";
import type { WriteBackKind } from "#app/settings/settings-schema.ts";
import type { Format } from "#app/ui/format.ts";
import { laterWords, previewWords, warningsOf } from "#app/ui/preview-words.ts";
import { FROM_NOW_ON, skipHeadings, toSendFigures } from "#app/ui/stock-compare-words.ts";
import { scopeWords, writeBackHelp, writeBackWords } from "#app/ui/write-back-words.ts";
import { showPreview, type ShownPreview } from "#app/writeback/show-preview.server.ts";
import { showStockPreview } from "#app/writeback/show-stock-preview.server.ts";
import type { ShownStockPreview } from "#app/writeback/stock-to-send.ts";
import { switchKind } from "#app/writeback/switch-kind.server.ts";
import type { WriteBackCommand } from "./parse-at-once-command.ts";

/**
 * What the page Write-back does, for whoever sits at a command line: in single-shop mode there is no page.
 * @returns what is to be said
 * @throws AppError PREVIEW_NEEDED, SCOPE_MISSING, SHOPIFY_STOCK_LEADS, STOCK_NOT_SYNCED, NOT_FOUND
 */
export async function performWriteBack(
  pool: Pool,
  {
    shop,
    command,
    format,
    ...who
  }: { shop: string; command: WriteBackCommand; actor: string; now: Date; format: Format },
): Promise<string[]> {
  const { kinds } = await listKinds(pool, { shop });
  switch (command.does) {
    case "list-write-backs":
      if (command.json) return [JSON.stringify({ kinds })];
      return kinds.map(({ kind, on, waiting, missingScope }) =>
        [
          ...[kind, writeBackWords[kind], on ? "on" : "off", `${format.number(waiting)} wait`],
          ...(missingScope === null ? [] : [`needs the permission ${scopeWords(missingScope)}`]),
        ].join(" · "),
      );
    case "preview-write-back": {
      if (command.kind === "inventorySet")
        return stockLines(await showStockPreview(pool, { shop, ...who }), format);
      const preview = await showPreview(pool, { shop, kind: command.kind, ...who });
      return previewLines(preview, {
        format,
        isOn: (kind) => kinds.some((one) => one.kind === kind && one.on),
      });
    }
    case "switch-write-back-on":
    case "switch-write-back-off": {
      const { kind } = command;
      const on = command.does === "switch-write-back-on";
      await switchKind(pool, { shop, kind, on, previewId: on ? command.previewId : null, ...who });
      return [`Switched ${on ? "on" : "off"}: ${writeBackWords[kind]}`];
    }
  }
}

function previewLines(
  preview: ShownPreview,
  { format, isOn }: { format: Format; isOn: (kind: WriteBackKind) => boolean },
): string[] {
  const { id, kind, waiting, examples, missingScope } = preview;
  const later = laterWords(kind);
  const more = waiting - examples.length;
  return [
    ...[`${writeBackWords[kind]}. ${writeBackHelp[kind]}`, previewWords(preview, isOn, format)],
    ...warningsOf(preview, format),
    ...(later === null ? [] : [later]),
    ...examples.map(({ words, refunds, notifies }) =>
      [
        `- ${words}`,
        ...(refunds ? ["gives money back"] : []),
        ...(notifies ? ["writes to the customer"] : []),
      ].join(" · "),
    ),
    ...(more > 0 ? [`and ${format.number(more)} more`] : []),
    onLine({ id, kind, missingScope }),
  ];
}

function stockLines(preview: ShownStockPreview, format: Format): string[] {
  const { kind } = preview;
  const figures = [
    ...toSendFigures,
    ...stockSkips.map((skip) => [skip, `Left alone, ${skipHeadings[skip]}`] as const),
  ];
  return [
    `${writeBackWords[kind]}. ${writeBackHelp[kind]}`,
    ...figures.map(([figure, label]) => `- ${label}: ${format.number(preview[figure])}`),
    `${FROM_NOW_ON} Other differences are sent once the ERP says the number of that level again.`,
    onLine(preview),
  ];
}

function onLine({
  id,
  kind,
  missingScope,
}: Pick<ShownPreview | ShownStockPreview, "id" | "kind" | "missingScope">): string {
  return missingScope === null
    ? `Switch it on: write-back on ${kind} --preview ${id}`
    : `It needs the permission ${scopeWords(missingScope)}: grant it to the app in the store's Admin first.`;
}
