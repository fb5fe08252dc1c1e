import { moneyBag } from "../money.ts";
import type { CurrencyPair } from "../money.ts";
import type { SimNode, SimValue } from "../types.ts";
import { asSimValue } from "./json-reader.ts";
import type { JsonReader } from "./json-reader.ts";

function isPlainObject(value: unknown): value is Readonly<Record<string, SimValue | undefined>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Lays what the file says over what was computed: given fields win, even wrong ones. Amounts in short
 * form become money sets, under `xSet` where only `x` was written and the record has `xSet`. Objects
 * are completed field by field. Fields named in `skip` were read by their own rules.
 */
export function standVerbatim(
  built: SimNode,
  reader: JsonReader,
  pair: CurrencyPair,
  skip: readonly string[],
): SimNode {
  const laid: Record<string, SimValue | undefined> = { ...built };
  for (const [field, value] of Object.entries(reader.given)) {
    if (skip.includes(field) || field === "id" || field === "__typename") continue;
    const set = `${field}Set`;
    if (value !== null && laid[field] === undefined && laid[set] !== undefined) {
      laid[set] = moneyOf(reader, field, pair);
    } else if (value !== null && field.endsWith("Set")) {
      laid[field] = moneyOf(reader, field, pair);
    } else if (isPlainObject(value) && (Array.isArray(value["edges"]) || Array.isArray(value["nodes"]))) {
      laid[field] = (reader.list(field) ?? []).map((one) => asSimValue(one.given));
    } else {
      const known = laid[field];
      laid[field] =
        isPlainObject(value) && isPlainObject(known) && typeof known !== "function"
          ? { ...known, ...value }
          : asSimValue(value);
    }
  }
  return laid as SimNode;
}

function moneyOf(reader: JsonReader, field: string, pair: CurrencyPair): SimValue {
  const money = reader.money(pair, field);
  return money === undefined ? null : moneyBag(money, pair);
}
