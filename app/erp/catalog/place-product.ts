import type { DecodedVariant } from "#app/shopify/codecs/decode-product.ts";
import type { ProductSnapshot } from "#app/shopify/codecs/merge-product-slots.ts";
import { buildProductRow } from "./build-product-row.ts";
import { buildSkuRow } from "./build-sku-row.ts";
import type { ProposalRow, SkuRow } from "./catalog-rows.ts";
import type { CatalogState } from "./catalog-state.ts";
import { detectAxes, variationName } from "./describe-variant.ts";
import { matchProduct } from "./match-product.ts";
import { matchSku } from "./match-sku.ts";
import { matchVariations } from "./match-variations.ts";
import { moveSource } from "./move-source.ts";

export type PlaceOptions = {
  colourSynonyms: readonly string[];
  /** ISO, UTC. */
  now: string;
  /** A new row's id. */
  newId: () => string;
};

/**
 * Puts one Shopify product into the catalogue: its product, variations and SKUs, all matched first,
 * created only then, archived and never removed.
 * @returns the ERP product's id (null when a deleted product was never known: there is nothing to keep)
 *   and the look-alikes that a person should see
 */
export function placeProduct(
  state: CatalogState,
  snapshot: ProductSnapshot,
  options: PlaceOptions,
): { productId: string | null; proposals: ProposalRow[] } {
  const name = productName(snapshot);
  const match = matchProduct(state, snapshot, name);
  if (match.productId === null && snapshot.deleted && snapshot.title === null)
    return { productId: null, proposals: [] };

  const productId = match.productId ?? match.placeholderId ?? options.newId();
  const holder = state.productOfShopifyId(snapshot.id);
  if (holder !== undefined && holder.id !== productId)
    moveSource(state, { from: holder.id, to: productId, shopifyProductId: snapshot.id, now: options.now });
  const proposals =
    match.productId === null
      ? match.lookAlikes.map((lookAlike) => ({ shopifyProductId: snapshot.id, ...lookAlike }))
      : [];
  const gone = snapshot.deleted || snapshot.status === "ARCHIVED";
  placeVariants(state, snapshot, { ...options, productId, name, gone });

  const others = state
    .variationsOf(productId)
    .some((variation) => variation.shopifySourceProductId !== snapshot.id && variation.archivedAt === null);
  const archived = gone && !others;
  state.putProduct(
    buildProductRow(snapshot, state.product(productId), { id: productId, name, archived, now: options.now }),
  );
  return { productId, proposals };
}

/** The product's name in the ERP: the title with its blanks put in order. */
export function productName(snapshot: ProductSnapshot): string {
  const title = snapshot.title?.trim().replace(/\s+/g, " ") ?? "";
  return title !== "" ? title : (snapshot.handle ?? `Product ${snapshot.id}`);
}

type Placing = PlaceOptions & { productId: string; name: string; gone: boolean };
type PlacedVariant = { variant: DecodedVariant; sku: SkuRow | undefined; position: number };

function placeVariants(state: CatalogState, snapshot: ProductSnapshot, placing: Placing): void {
  const axes = detectAxes(snapshot.variants, placing.colourSynonyms);
  const groups = new Map<string, PlacedVariant[]>();
  for (const [index, variant] of snapshot.variants.entries()) {
    const match = matchSku(state, { shopifyProductId: snapshot.id, productId: placing.productId }, variant);
    if (match.kind === "mapped") continue;
    const placed = {
      variant,
      sku: match.kind === "sku" ? match.sku : undefined,
      position: variant.position ?? index + 1,
    };
    if (placed.sku !== undefined && !staysHere(placed.sku, placing.productId)) {
      const { productId, variationId } = placed.sku;
      putSku(state, placed, { ...placing, productId, variationId, axes });
      continue;
    }
    const name = variationName(variant, axes);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [placed]);
    else group.push(placed);
  }

  const wanted = [...groups].map(([name, group]) => ({
    name,
    // Where an order's placeholder stands says nothing of the colour.
    skus: group.flatMap(({ sku }) => (sku === undefined || sku.isPlaceholder ? [] : [sku])),
  }));
  const matched = matchVariations(wanted, state.variationsOf(placing.productId), snapshot.id);
  for (const [index, [name, group]] of [...groups].entries()) {
    const before = matched.get(name);
    const variationId = before?.id ?? placing.newId();
    state.putVariation({
      id: variationId,
      productId: placing.productId,
      axis: axes.colour,
      name,
      shopifySourceProductId: snapshot.id,
      position: index + 1,
      archivedAt: placing.gone ? (before?.archivedAt ?? placing.now) : null,
    });
    for (const placed of group) putSku(state, placed, { ...placing, variationId, axes });
  }
  archiveLeftovers(state, snapshot, placing);
}

/** A SKU that another product holds stays there, unless it is only an order's placeholder. */
function staysHere(sku: SkuRow, productId: string): boolean {
  return sku.productId === productId || sku.isPlaceholder;
}

function putSku(
  state: CatalogState,
  { variant, sku, position }: PlacedVariant,
  at: Placing & { variationId: string; axes: ReturnType<typeof detectAxes> },
): void {
  state.putSku(
    buildSkuRow(variant, sku, {
      id: sku?.id ?? at.newId(),
      productId: at.productId,
      variationId: at.variationId,
      productName: at.name,
      sizeOption: at.axes.size,
      position,
      archivedAt: at.gone ? (sku?.archivedAt ?? at.now) : null,
    }),
  );
}

/** What a complete list of variants no longer has, and variations left without a living SKU. */
function archiveLeftovers(
  state: CatalogState,
  snapshot: ProductSnapshot,
  { productId, gone, now }: Placing,
): void {
  const listed = snapshot.variantIds === null ? null : new Set(snapshot.variantIds);
  const own = state
    .variationsOf(productId)
    .filter((variation) => variation.shopifySourceProductId === snapshot.id);
  const ownIds = new Set(own.map((variation) => variation.id));
  const living = new Set<string>();
  for (const sku of state.skusOf(productId)) {
    const ofShopify = ownIds.has(sku.variationId) && sku.shopifyVariantId !== null;
    const absent = ofShopify && (gone || (listed !== null && !listed.has(sku.shopifyVariantId ?? "")));
    if (absent && sku.archivedAt === null) state.putSku({ ...sku, archivedAt: now });
    else if (sku.archivedAt === null) living.add(sku.variationId);
  }
  for (const variation of own) {
    if (variation.archivedAt === null && !living.has(variation.id))
      state.putVariation({ ...variation, archivedAt: now });
  }
}
