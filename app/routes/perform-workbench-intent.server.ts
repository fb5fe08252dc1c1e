import { decideProductProposal } from "#app/erp/catalog/decide-product-proposal.server.ts";
import { findAwaitedSkus } from "#app/erp/catalog/find-awaited-skus.server.ts";
import { findSkuChoices } from "#app/erp/catalog/find-sku-choices.server.ts";
import { mapVariantToSku, unmapVariant } from "#app/erp/catalog/map-variant-to-sku.server.ts";
import { startJob } from "#app/jobs/start-job.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { notifyCachePending } from "#app/shopify/webhooks/notify-cache-pending.server.ts";
import { createFormat } from "#app/ui/format.ts";
import type { WorkbenchAnswer } from "#app/ui/workbench-answer.ts";

import type { PageRequest } from "./load-page.server.ts";
import type { WorkbenchIntent } from "./workbench-intent.ts";

type Asker = Pick<PageRequest, "shop" | "userId" | "pool" | "now" | "context" | "connection">;

/**
 * Does what a person wants on the SKU workbench or a product's page, and says it in their words. The worker hears of what it is to
 * process at once.
 * @throws AppError for what they can act on
 */
export async function performWorkbenchIntent(
  asker: Asker,
  intent: WorkbenchIntent,
): Promise<WorkbenchAnswer> {
  const { shop, userId, pool, now, context } = asker;
  const said = { shop, actor: userId, now };
  switch (intent.intent) {
    case "find-skus": {
      const search = intent.search.replaceAll(/\p{Cc}/gu, " ").toWellFormed();
      return {
        ...{ ok: true, message: null, searched: search.trim() },
        skus: await findSkuChoices(pool, { shop, search }),
      };
    }
    case "sync-products":
      await startJob(context, { shop, jobType: "products", requestedBy: "page" });
      return { ok: true, message: "Product sync started" };
    case "map":
      return map(asker, intent);
    case "unmap": {
      const { variantId: shopifyVariantId, seen } = intent;
      const orders = await unmapVariant(pool, { ...said, shopifyVariantId, seen });
      notifyCachePending(pool, context.log);
      return { ok: true, message: `Mapping removed${again(orders, createFormat(asker.connection).number)}` };
    }
    case "accept":
    case "reject":
      return decide(asker, intent);
  }
}

async function map(
  { shop, userId, pool, now, context }: Asker,
  { variantId, skuId, seen }: Extract<WorkbenchIntent, { intent: "map" }>,
): Promise<WorkbenchAnswer> {
  const { groups, isAll } = await findAwaitedSkus(pool, { shop });
  await mapVariantToSku(pool, {
    ...{ shop, skuId, actor: userId, now },
    shopifyVariantId: variantId,
    seen: seen === "" ? null : seen,
  });
  notifyCachePending(pool, context.log);
  const group = groups.find(({ shopifyVariantId }) => shopifyVariantId === variantId);
  // Nobody waited for it any more: the orders went through another way, or another person said the same.
  if (!group) return { ok: true, message: "Mapped" };
  const released = {
    variantId,
    name: group.skuText ?? group.title,
    orders: group.onlyThis,
    stillWaiting: group.orders - group.onlyThis,
    isAll,
  };
  return { ok: true, message: "Mapped: what waited for it goes on", released };
}

/** What somebody else has decided meanwhile is no failure of this person's: they are told, and see the list without it. */
async function decide(
  { shop, userId, pool, now, context }: Asker,
  {
    intent: decision,
    shopifyProductId,
    productId,
  }: Extract<WorkbenchIntent, { intent: "accept" | "reject" }>,
): Promise<WorkbenchAnswer> {
  try {
    await decideProductProposal(pool, {
      ...{ shop, shopifyProductId, productId, decision },
      ...{ actor: userId, now },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: true, message: error.message };
  }
  notifyCachePending(pool, context.log);
  return {
    ok: true,
    message: decision === "accept" ? "Accepted: they are one product now" : "Rejected: they stay apart",
  };
}

function again(orders: number, number: (value: number) => string): string {
  if (orders === 0) return "";
  return orders === 1 ? "; 1 order is computed again" : `; ${number(orders)} orders are computed again`;
}
