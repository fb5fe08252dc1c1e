import { REMOVED } from "#app/shopify/codecs/keep-listed.ts";
import { isObject } from "#app/shopify/codecs/read.ts";

/** Words of ours and ids: never a person's, and the rules need them as they are. */
const OURS = new Set([
  "amount",
  "amountToCollect",
  "awbNumber",
  "caseId",
  "courier",
  "fulfillmentId",
  "fulfillmentIds",
  "hold",
  "knownAt",
  "lineId",
  "lineIds",
  "method",
  "outcome",
  "paymentId",
  "qty",
  "receiptId",
  "rounding",
]);

/**
 * Details of what the ERP did with an order, without the person: the address on a label and links to a carrier's page go, a free text that names them is
 * removed, and what the rules read stays as it was.
 * @param names whether a text names the person; null: every free text goes
 */
export function forgetFactDetails(details: unknown, names: ((text: string) => boolean) | null): unknown {
  if (!isObject(details)) return details;
  const entries = Object.entries(details).map(([key, value]): [string, unknown] => {
    if (OURS.has(key)) return [key, value];
    if (key === "addressKey" || key === "trackingUrl") return [key, null];
    if (key === "keys" && Array.isArray(value)) return [key, value.filter((one) => !isAddressKey(one))];
    return [key, withoutNames(value, names)];
  });
  return Object.fromEntries(entries);
}

/** A confirmed change of address carries the address itself. */
function isAddressKey(key: unknown): boolean {
  return typeof key === "string" && key.startsWith("address-");
}

function withoutNames(value: unknown, names: ((text: string) => boolean) | null): unknown {
  if (typeof value === "string") return names === null || names(value) ? REMOVED : value;
  if (Array.isArray(value)) return value.map((one: unknown) => withoutNames(one, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, OURS.has(key) ? child : withoutNames(child, names)]),
  );
}
