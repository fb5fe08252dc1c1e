/** An act Shopify would not let happen, in its own words where they are known. Nothing has changed. */
export class RefusedAct extends Error {}

export function refuse(words: string): never {
  throw new RefusedAct(words);
}
