import { connectShop } from "./connect-shop.server.ts";
import { dumpIntoCache } from "./dump-into-cache.server.ts";
import type { JobHandler } from "./job-context.server.ts";
import { describeOutcome, processIntoErp } from "./process-into-erp.server.ts";

/** Every product of the shop: read in bulk, stored, brought into the catalogue. */
export const syncProductsJob: JobHandler = async (context, job) => {
  const shopify = await connectShop(context, job);
  const dumped = await dumpIntoCache(context, job, shopify, { purposes: ["products"], window: null });
  const outcome = await processIntoErp(context, job, { kinds: ["product"], dumped });
  return describeOutcome(outcome, "products");
};
