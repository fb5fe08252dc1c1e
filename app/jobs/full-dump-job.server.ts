import type { BulkWindow } from "#app/shopify/bulk/bulk-purpose.ts";
import { checkPeriod } from "./check-period.ts";
import { connectShop } from "./connect-shop.server.ts";
import { dumpIntoCache } from "./dump-into-cache.server.ts";
import { readOrdersWindow } from "./job-catalogue.ts";
import type { JobHandler } from "./job-context.server.ts";
import { describeOutcome, processIntoErp } from "./process-into-erp.server.ts";

const fulfillmentOrderScope = /^(read|write)_(assigned|merchant_managed|third_party)_fulfillment_orders$/;

/**
 * The orders created in a period, or all: first the orders, then their fulfilment orders (which line is in which
 * parcel), then everything into the ERP. Products and customers that wait are processed before, for orders name them.
 */
export const fullDumpJob: JobHandler = async (context, job) => {
  const { from, until } = readOrdersWindow(job.options);
  const shopify = await connectShop(context, job);
  checkPeriod({ from, scopes: shopify.scopes, now: context.now() });
  const window: BulkWindow | null = from || until ? { by: "created", from, until } : null;

  const knowsParcels = shopify.scopes.some((scope) => fulfillmentOrderScope.test(scope));
  if (!knowsParcels) {
    job.step("Without a permission for fulfilment orders it stays unknown which line is in which parcel", {
      level: "warn",
    });
  }
  const dumped = await dumpIntoCache(context, job, shopify, {
    purposes: knowsParcels ? ["orders", "fulfillment_orders"] : ["orders"],
    window,
  });
  const outcome = await processIntoErp(context, job, {
    before: ["product", "customer"],
    kinds: ["order"],
    dumped,
  });
  return describeOutcome(outcome, "orders");
};
