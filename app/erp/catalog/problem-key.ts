import type { SkuProblem } from "./workbench-views.ts";

/** What variants with a problem are sorted by: shared texts before blank ones, each by its text or else its title, then by id. */
export function problemKey({ sharedBy, skuText, title, id }: SkuProblem): [string, string, string] {
  return [sharedBy === null ? "1" : "0", skuText ?? title, id];
}
