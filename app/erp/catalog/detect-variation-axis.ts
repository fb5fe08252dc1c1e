/** Option names that mean the size; as data, like the colour's, which a shop edits in its settings. */
const SIZE_WORDS = [
  "size",
  "sizes",
  "größe",
  "grösse",
  "groesse",
  "taille",
  "talla",
  "taglia",
  "maat",
  "waist",
  "साइज़",
];

/**
 * The option that makes an ERP variation: the colour-like one. Size is never it, not even as
 * "Size / Colour". An exact name goes before a longer one ("Frame colour"), earlier synonyms before later.
 * @param names option names in Shopify's order
 * @param colourSynonyms lower case, most telling first
 * @returns the option's name as Shopify writes it, null where the product has one single variation
 */
export function detectVariationAxis(
  names: readonly string[],
  colourSynonyms: readonly string[],
): string | null {
  const candidates = names.filter((name) => detectSizeOption([name]) === null);
  for (const synonym of colourSynonyms) {
    const exact = candidates.find((name) => words(name).join(" ") === synonym);
    if (exact !== undefined) return exact;
  }
  for (const synonym of colourSynonyms) {
    const within = candidates.find((name) => ` ${words(name).join(" ")} `.includes(` ${synonym} `));
    if (within !== undefined) return within;
  }
  return null;
}

/** @returns the name of the size-like option, null where there is none */
export function detectSizeOption(names: readonly string[]): string | null {
  return names.find((name) => words(name).some((word) => SIZE_WORDS.includes(word))) ?? null;
}

function words(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
}
