import { currencyDigits, parseAmount } from "../money.ts";
import type { CurrencyPair, Money2 } from "../money.ts";
import type { SimValue } from "../types.ts";

/** What is wrong with a data file, with the place in it. */
export class DataFileError extends Error {
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.name = "DataFileError";
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value)
    ? "a list"
    : typeof value === "object"
      ? "an object"
      : `the ${typeof value} ${JSON.stringify(value)}`;
}

/** One JSON object of the file, read with its path, so that every complaint names its place. */
export class JsonReader {
  readonly given: Readonly<Record<string, unknown>>;
  readonly path: string;

  constructor(value: unknown, path: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new DataFileError(path, `expected an object, found ${kindOf(value)}`);
    }
    this.given = value as Readonly<Record<string, unknown>>;
    this.path = path;
  }

  fail(field: string, problem: string): never {
    throw new DataFileError(`${this.path}.${field}`, problem);
  }

  has(field: string): boolean {
    return this.given[field] !== undefined;
  }

  isNull(field: string): boolean {
    return this.given[field] === null;
  }

  /** A text; a number is taken as its digits. Undefined = not given. */
  text(field: string): string | null | undefined {
    const value = this.given[field];
    if (value === undefined || value === null || typeof value === "string") return value;
    if (typeof value === "number") return String(value);
    return this.fail(field, `expected text, found ${kindOf(value)}`);
  }

  integer(field: string): number | undefined {
    const value = this.given[field];
    if (value === undefined || value === null) return undefined;
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number)) return number;
    return this.fail(field, `expected a whole number, found ${kindOf(value)}`);
  }

  number(field: string): number | undefined {
    const value = this.given[field];
    if (value === undefined || value === null || typeof value === "number") return value ?? undefined;
    return this.fail(field, `expected a number, found ${kindOf(value)}`);
  }

  boolean(field: string): boolean | undefined {
    const value = this.given[field];
    if (value === undefined || value === null || typeof value === "boolean") return value ?? undefined;
    return this.fail(field, `expected true or false, found ${kindOf(value)}`);
  }

  /** A time in milliseconds; null and missing are undefined. */
  time(field: string): number | undefined {
    const text = this.text(field);
    if (text === undefined || text === null) return undefined;
    const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(ms)
      ? this.fail(field, `expected a time like 2026-11-01T10:00:00Z, found ${kindOf(text)}`)
      : ms;
  }

  object(field: string): JsonReader | null | undefined {
    const value = this.given[field];
    return value === undefined || value === null ? value : new JsonReader(value, `${this.path}.${field}`);
  }

  /** A list of objects; a connection (`edges` or `nodes`) is taken for its nodes. */
  list(field: string): JsonReader[] | undefined {
    const value = this.given[field];
    return value === undefined || value === null ? undefined : readList(value, `${this.path}.${field}`);
  }

  texts(field: string): string[] | undefined {
    const value = this.given[field];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) return this.fail(field, `expected a list of texts, found ${kindOf(value)}`);
    return value.map((one, i) =>
      typeof one === "string"
        ? one
        : this.fail(`${field}[${String(i)}]`, `expected text, found ${kindOf(one)}`),
    );
  }

  /**
   * Money under the first of `fields` that is given: "100.00", 100, {"shop", "presentment"}, a MoneyV2
   * or a MoneyBag. One amount alone serves both currencies only where they are the same.
   */
  money(pair: CurrencyPair, ...fields: readonly string[]): Money2 | undefined {
    const field = fields.find((one) => this.has(one) && !this.isNull(one));
    return field === undefined ? undefined : this.readMoney(field, pair);
  }

  private readMoney(field: string, pair: CurrencyPair): Money2 {
    const value = this.given[field];
    if (typeof value === "string" || typeof value === "number") {
      if (pair.shop !== pair.presentment) {
        return this.fail(
          field,
          `an order paid in ${pair.presentment} needs both amounts: {"shop": "…", "presentment": "…"}`,
        );
      }
      const minor = this.amount(field, value, pair.shop);
      return [minor, minor];
    }
    const bag = new JsonReader(value, `${this.path}.${field}`);
    const inner = (name: string, other: string): string | number | undefined => {
      const found = bag.given[name] ?? bag.given[other];
      const amount =
        typeof found === "object" && found !== null ? (found as Record<string, unknown>)["amount"] : found;
      return typeof amount === "string" || typeof amount === "number" ? amount : undefined;
    };
    const alone = bag.given["amount"];
    const shop =
      inner("shopMoney", "shop") ??
      (typeof alone === "string" || typeof alone === "number" ? alone : undefined);
    const presentment =
      inner("presentmentMoney", "presentment") ?? (pair.shop === pair.presentment ? shop : undefined);
    if (shop === undefined || presentment === undefined)
      return this.fail(field, "expected an amount, found none in the object");
    return [this.amount(field, shop, pair.shop), this.amount(field, presentment, pair.presentment)];
  }

  private amount(field: string, value: string | number, currency: string): number {
    const minor = parseAmount(String(value), currencyDigits(currency));
    return minor ?? this.fail(field, `${JSON.stringify(value)} is not an amount in ${currency}`);
  }
}

export function readList(value: unknown, path: string): JsonReader[] {
  if (Array.isArray(value)) return value.map((one, i) => new JsonReader(one, `${path}[${String(i)}]`));
  const connection = new JsonReader(value, path);
  const { edges, nodes } = connection.given;
  if (Array.isArray(nodes)) return readList(nodes, `${path}.nodes`);
  if (!Array.isArray(edges))
    throw new DataFileError(path, "expected a list, or a connection with edges or nodes");
  return edges.map((edge, i) => {
    const place = `${path}.edges[${String(i)}]`;
    return new JsonReader(new JsonReader(edge, place).given["node"], `${place}.node`);
  });
}

/** JSON as record values: what is not simulated otherwise stands verbatim. */
export function asSimValue(value: unknown): SimValue {
  return value as SimValue;
}
