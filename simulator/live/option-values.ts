import { optionValueGid, parseGid, findIdPlace } from "#simulator/store/ids.ts";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import type { LiveShop } from "./live-shop.ts";
import { refuse } from "./refused-act.ts";

/**
 * Fits new variants to the options of the product they join: their values are added where they are new.
 * @returns the product's options then, and the variants with that product's option values.
 * @throws RefusedAct in Shopify's words where a variant's options are not the product's, or there already.
 */
export function addOptionValues(
  shop: LiveShop,
  product: SimNode,
  variants: readonly SimNode[],
): { options: SimNode[]; variants: SimNode[] } {
  const own = [...shop.products.variantsOf(product.id)];
  const titles = new Set(own.map((gid) => readText(shop.store.node(gid) ?? undefined, "title")));
  const options = readNodes(product, "options").map((option) => ({
    record: option,
    values: readNodes(option, "optionValues").map((one): SimNode => ({ ...one })),
  }));
  const fitted = variants.map((variant, i): SimNode => {
    const slot = findIdPlace("ProductVariant", Number(parseGid(variant.id)?.number))?.n ?? 0;
    const choices = readField(variant, "selectedOptions") as readonly { name: string; value: string }[];
    if (choices.length < options.length) refuse("Variant options are not enough.");
    const selectedOptions = choices.map(({ name, value }) => {
      const o = options.findIndex(({ record }) => record["name"] === name);
      const option = options[o];
      if (!option) return refuse("Variant options are more than the product options.");
      let known = option.values.find((one) => one["name"] === value);
      if (!known) {
        known = {
          __typename: "ProductOptionValue",
          id: optionValueGid(slot, o, option.values.length),
          name: value,
          hasVariants: true,
        };
        option.values.push(known);
      }
      return { name, value, optionValue: { id: known.id, name: value, hasVariants: true } };
    });
    const title = selectedOptions.map((one) => one.value).join(" / ");
    if (titles.has(title)) refuse("Variant already exists.");
    titles.add(title);
    return {
      ...variant,
      title,
      displayName: `${readText(product, "title")} - ${title}`,
      position: own.length + i + 1,
      selectedOptions,
      product: () => shop.store.node(product.id),
    };
  });
  return {
    options: options.map(({ record, values }): SimNode => ({
      ...record,
      values: values.map((one): SimValue => one["name"] ?? ""),
      optionValues: values,
    })),
    variants: fitted,
  };
}
