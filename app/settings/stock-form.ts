import { ERP_LOCATION } from "./erp-location.ts";
import type { ShopSettings } from "./settings-schema.ts";

type StockSettings = ShopSettings["stock"];

/** One line of the mapping as it is typed; `shopify` is empty until a location is chosen. */
export type StockPair = { erp: string; shopify: string };
/** The settings of the page Stock as its fields have them. */
export type StockForm = Omit<StockSettings, "locations"> & { locations: StockPair[] };
/** What is wrong with a line, by the line's place. */
export type StockFormErrors = Partial<Record<number, Partial<Record<keyof StockPair, string>>>>;

/** Lines nobody has begun are no lines. @returns what to save, or what is wrong where */
export function readStockForm(
  form: StockForm,
): { ok: true; stock: StockSettings } | { ok: false; errors: StockFormErrors } {
  const errors: StockFormErrors = {};
  const seen = new Set<string>();
  const locations: StockPair[] = [];
  for (const [place, { erp: typed, shopify }] of form.locations.entries()) {
    const erp = typed.trim();
    if (erp === "" && shopify === "") continue;
    const wrong: Partial<Record<keyof StockPair, string>> = {};
    if (erp === "") wrong.erp = "Name the location as the ERP does.";
    else if (!ERP_LOCATION.test(erp))
      wrong.erp = "A location of the ERP is named with letters, digits, - and _, up to 50.";
    if (shopify === "") wrong.shopify = "Choose the location in Shopify.";
    const key = `${erp} ${shopify}`;
    if (Object.keys(wrong).length === 0 && seen.has(key)) wrong.erp = "This line is there already.";
    seen.add(key);
    if (Object.keys(wrong).length > 0) errors[place] = wrong;
    locations.push({ erp, shopify });
  }
  return Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, stock: { leads: form.leads, onConflict: form.onConflict, locations } };
}

/** The settings that are not as they were; lines in another order are the same mapping. */
export function changedStock(form: StockForm, before: StockForm): Partial<StockForm> {
  return {
    ...(form.leads === before.leads ? {} : { leads: form.leads }),
    ...(form.onConflict === before.onConflict ? {} : { onConflict: form.onConflict }),
    ...(linesOf(form) === linesOf(before) ? {} : { locations: form.locations }),
  };
}

const linesOf = ({ locations }: StockForm) =>
  locations
    .map(({ erp, shopify }) => `${erp.trim()} ${shopify}`)
    .filter((line) => line !== " ")
    .sort()
    .join("\n");
