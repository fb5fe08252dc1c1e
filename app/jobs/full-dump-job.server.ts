import type { BulkWindow } from "#app/shopify/bulk/bulk-purpose.ts";
import { checkPeriod } from "./check-period.ts";
import { connectShop } from "./connect-shop.server.ts";
import { dumpIntoCache } from "./dump-into-cache.server.ts";
import { readOrdersWindow } from "./job-catalogue.ts";
import type { JobHandler } from "./job-context.server.ts";
import { describeOutcome, processIntoErp } from "./process-into-erp.server.ts";
import { purposesOfOrders } from "./purposes-of-orders.ts";

/**
 * The orders created in a period, or all: first the orders, then their fulfilment orders (which line is in which
 * parcel), then everything into the ERP. Products and customers that wait are processed before, for orders name them.
 */
export const fullDumpJob: JobHandler = async (context, job) => {
  const { from, until } = readOrdersWindow(job.options);
  const shopify = await connectShop(context, job);
  checkPeriod({ from, scopes: shopify.scopes, now: context.now() });
  const window: BulkWindow | null = from || until ? { by: "created", from, until } : null;

  const purposes = purposesOfOrders(shopify.scopes);
  if (purposes.length === 1) {
    job.step("Without a permission for fulfilment orders it stays unknown which line is in which parcel", {
      level: "warn",
    });
  }
  const dumped = await dumpIntoCache(context, job, shopify, { purposes, window });
  const outcome = await processIntoErp(context, job, {
    before: ["product", "customer"],
    kinds: ["order"],
    dumped,
  });
  return describeOutcome(outcome, "orders");
};
