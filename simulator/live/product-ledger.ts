import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { LiveStore, SimNode, SimValue } from "#simulator/store/types.ts";

/**
 * Which variants a product has while the store lives. A product's record is touched when it, a variant or
 * its stock changes: from then on what it tells of its variants is read from them as they are.
 */
export class ProductLedger {
  private readonly store: LiveStore;
  private readonly variants = new Map<string, string[]>();

  constructor(store: LiveStore) {
    this.store = store;
  }

  /** The gids of a product's variants, in their order. */
  variantsOf(product: string): readonly string[] {
    return this.touch(product);
  }

  append(product: string, variant: string): void {
    this.touch(product).push(variant);
  }

  without(product: string, variant: string): void {
    const list = this.touch(product);
    const place = list.indexOf(variant);
    if (place >= 0) list.splice(place, 1);
  }

  touch(gid: string): string[] {
    const known = this.variants.get(gid);
    if (known) return known;
    const record = this.store.node(gid);
    const list = readNodes(record ?? undefined, "variants").map((one) => one.id);
    this.variants.set(gid, list);
    if (record === null) return list;
    const records = (): SimNode[] => list.flatMap((one) => this.store.node(one) ?? []);
    const currencyCode = readText(this.store.shop, "currencyCode");
    const tracked = (variant: SimNode): boolean => readField(variant, "inventoryItem", "tracked") === true;
    const quantity = (variant: SimNode): number => Number(readText(variant, "inventoryQuantity"));
    this.store.patch(gid, {
      variants: records,
      totalVariants: () => list.length,
      variantsCount: () => ({ count: list.length, precision: "EXACT" }),
      tracksInventory: () => records().some(tracked),
      totalInventory: () => records().reduce((sum, one) => (tracked(one) ? sum + quantity(one) : sum), 0),
      hasOutOfStockVariants: () => records().some((one) => tracked(one) && quantity(one) <= 0),
      priceRangeV2: () => priceRange(records(), currencyCode),
    });
    return list;
  }
}

function priceRange(variants: readonly SimNode[], currencyCode: string): SimValue {
  const prices = variants.map((one) => Number(readText(one, "price")));
  // As MoneyV2 writes it: at least one digit behind the point.
  const money = (price: number): SimValue => ({
    amount: Number.isInteger(price) ? `${String(price)}.0` : String(price),
    currencyCode,
  });
  return { minVariantPrice: money(Math.min(...prices)), maxVariantPrice: money(Math.max(...prices)) };
}
