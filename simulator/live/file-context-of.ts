import type { FileContext } from "#simulator/store/data-file/file-context.ts";
import { FileIds } from "#simulator/store/data-file/file-ids.ts";
import { readText } from "#simulator/store/read-record.ts";
import type { LiveShop } from "./live-shop.ts";

/** What the completion of a data file's records needs: new products and customers are written as sparsely as there. */
export function fileContext({ store }: LiveShop): FileContext {
  return {
    domain: store.domain,
    currency: readText(store.shop, "currencyCode"),
    firstLocation: store.collection("locations")?.at(0).id ?? "",
    taxesIncluded: true,
    ids: new FileIds(),
    find: (gid) => store.node(gid),
  };
}
