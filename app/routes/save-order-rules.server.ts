import { z } from "zod";

import { followSettings } from "#app/erp/rules/follow-settings.server.ts";
import { previewOrderRules } from "#app/erp/rules/preview-order-rules.server.ts";
import { followedSettings } from "#app/settings/followed-settings.ts";
import { loadCutOver } from "#app/settings/load-cut-over.server.ts";
import { loadSettings } from "#app/settings/load-settings.server.ts";
import { mergeSettings } from "#app/settings/merge-settings.ts";
import { readOrderRules } from "#app/settings/order-rules-form.ts";
import { saveSettings } from "#app/settings/save-settings.server.ts";
import { ShopSettings } from "#app/settings/settings-schema.ts";
import { notifyCachePending } from "#app/shopify/webhooks/notify-cache-pending.server.ts";
import { createFormat } from "#app/ui/format.ts";
import type { OrderRulesAnswer } from "#app/ui/order-rules-view.ts";

import { jsonField } from "./json-field.ts";
import type { PageRequest } from "./load-page.server.ts";

const text = z.string().max(400_000);

/** The fields that changed, and what the person saw of the settings. `applied`: the person has seen what it would change. */
export const OrderRulesIntent = z.object({
  intent: z.literal("save"),
  applied: z.enum(["yes", "no"]),
  fields: jsonField(
    z
      .strictObject({
        cutOver: z.enum(["installed", "day"]),
        cutOverDay: text,
        holdOnMoneyDifference: z.boolean(),
        codRequired: z.boolean(),
        confirmedTags: text,
        roundRupees: ShopSettings.shape.roundRupees,
        deliveryUnknownAfterDays: text,
        colourSynonyms: text,
        emails: text,
        phones: text,
        historyRetentionDays: text,
        deliveryLogRetentionDays: text,
        feedRetentionDays: text,
      })
      .partial(),
  ),
  seen: jsonField(z.record(z.string(), z.string())),
});

/**
 * Saves order rules; what that would change among the records that are there is shown first, unless the person has seen it.
 * @throws AppError SETTINGS_CHANGED where somebody else has saved one of the same settings meanwhile
 */
export async function saveOrderRules(
  { shop, pool, userId, now, connection, context }: PageRequest,
  { fields, seen, applied }: z.infer<typeof OrderRulesIntent>,
): Promise<OrderRulesAnswer> {
  const read = readOrderRules(fields, { timeZone: connection.timeZone ?? "UTC", now });
  if (!read.ok)
    return {
      ...{ ok: false, code: "VALIDATION", message: "Some fields are not right", errors: read.errors },
      next: "Correct what is said at each field, then save again.",
    };
  const { patch, cutOverAt, settings } = read;
  if (applied === "no") {
    const before = await loadSettings(pool, { shop });
    const moved = cutOverAt === null ? (await loadCutOver(pool, { shop })).installedAt : cutOverAt;
    const preview = await previewOrderRules(pool, {
      ...{ shop, now },
      settings: { ...mergeSettings(before, patch), cutOverAt: moved ?? before.cutOverAt },
      changed: followedSettings
        .filter((name) => name !== "paymentRules")
        .filter((name) => settings.includes(name)),
    });
    if (preview.cutOver !== null || preview.computed.length > 0) return { ok: true, message: null, preview };
  }
  await saveSettings(pool, {
    ...{ shop, patch, now, actor: userId },
    ...(cutOverAt === undefined ? {} : { cutOverAt }),
    seen: Object.fromEntries(settings.map((name) => [name, seen[name] ?? ""])),
  });
  const woken = await followSettings(pool, { shop, now });
  if (woken > 0) notifyCachePending(pool, context.log);
  const { number } = createFormat(connection);
  const computed = woken === 1 ? "1 record is" : `${number(woken)} records are`;
  return {
    ok: true,
    message: woken === 0 ? "Order rules saved" : `Order rules saved: ${computed} computed again`,
  };
}
