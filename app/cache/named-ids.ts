import { parseObject } from "#app/shopify/codecs/forget-order-person.ts";
import { isObject } from "#app/shopify/codecs/read.ts";
import type { PayloadShape } from "./cache-tables.ts";
import type { NamedIds } from "./tombstones.server.ts";

const GID = /^gid:\/\/shopify\/(Order|Customer)\/(\d+)/;
const CUSTOMER_GIDS = /gid:\\?\/\\?\/shopify\\?\/Customer\\?\/(\d+)/g;
const NUMBERS = /\d{4,19}/g;
const DEEPEST = 6;

/**
 * The orders and customers that a delivery's body is about: its own id, `order_id`, `customer_id`, the id of what stands
 * under `order` and `customer`, and every gid. Of a body that is no JSON every number counts, for nobody can tell.
 */
export function namedInBody(topic: string, body: string): NamedIds {
  const orders = new Set<string>();
  const customers = new Set<string>();
  const record = parseObject(body);
  if (record === null) {
    const numbers = body.match(NUMBERS) ?? [];
    return { orders: [...new Set(numbers)], customers: [...new Set(numbers)] };
  }
  const walk = (value: unknown, key: string, depth: number): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, key, depth);
    const gid = typeof value === "string" ? GID.exec(value) : null;
    if (gid) (gid[1] === "Order" ? orders : customers).add(gid[2] ?? "");
    if (key === "order_id" && isId(value)) orders.add(String(value));
    if (key === "customer_id" && isId(value)) customers.add(String(value));
    if (!isObject(value) || depth > DEEPEST) return;
    const { id } = value;
    if ((key === "order" || key === "orders") && isId(id)) orders.add(String(id));
    if ((key === "customer" || key === "customers") && isId(id)) customers.add(String(id));
    for (const [name, child] of Object.entries(value)) walk(child, name, depth + 1);
  };
  walk(record, topic.split(/[/.]/, 1)[0] ?? "", 0);
  return { orders: [...orders], customers: [...customers] };
}

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value) || (typeof value === "string" && /^\d+$/.test(value));
}

/** Whose order a payload may be: all whom it names. A node tells people by gids alone, which needs no parsing. */
export function customersOfOrder(shape: PayloadShape, raw: string): string[] {
  if (shape !== "rest") return [...new Set(Array.from(raw.matchAll(CUSTOMER_GIDS), ([, id]) => id ?? ""))];
  const customer = parseObject(raw)?.["customer"];
  return [...namedInBody("", JSON.stringify({ customer: customer ?? null })).customers];
}
