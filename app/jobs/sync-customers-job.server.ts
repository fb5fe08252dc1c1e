import { connectShop } from "./connect-shop.server.ts";
import { dumpIntoCache } from "./dump-into-cache.server.ts";
import type { JobHandler } from "./job-context.server.ts";
import { describeOutcome, processIntoErp } from "./process-into-erp.server.ts";

/** Every customer of the shop: read in bulk, stored; those with at least one order come into the ERP. */
export const syncCustomersJob: JobHandler = async (context, job) => {
  const shopify = await connectShop(context, job);
  const dumped = await dumpIntoCache(context, job, shopify, { purposes: ["customers"], window: null });
  const outcome = await processIntoErp(context, job, { kinds: ["customer"], dumped });
  return describeOutcome(outcome, "customers");
};
