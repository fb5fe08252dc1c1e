import { drawAddress } from "#simulator/store/address.ts";
import { drawCodGateway, drawPrepaidGateway } from "#simulator/store/gateways.ts";
import { currencyDigits, formatFixed } from "#simulator/store/money.ts";
import { drawEmail, drawPerson, drawPhone, normalPhone } from "#simulator/store/people.ts";
import type { RecordRandom } from "#simulator/store/random.ts";
import { readField, readNodes, readText } from "#simulator/store/read-record.ts";
import type { SimNode } from "#simulator/store/types.ts";
import { drawOrderAct, type OrderActKind } from "./draw-order-act.ts";
import type { LiveShop } from "./live-shop.ts";
import type { Act } from "./perform-act.ts";
import type { PlaceOrder } from "./place-order.ts";

type Kind = OrderActKind | "place" | "stock" | "product" | "customer";

/** A shop's day: mostly new orders, then what becomes of them, now and then the catalogue and the stock. */
const KINDS: readonly [readonly [Kind, number], ...(readonly [Kind, number])[]] = [
  ["place", 340],
  ["pay", 120],
  ["fulfil", 160],
  ["news", 130],
  ["cancel", 45],
  ["cancelParcel", 12],
  ["refund", 40],
  ["edit", 30],
  ["return", 22],
  ["returnStep", 40],
  ["hold", 14],
  ["release", 12],
  ["delete", 4],
  ["stock", 28],
  ["product", 18],
  ["customer", 12],
];

/** Draws what happens next; null when nothing of the kind it drew can happen now. `act` is its number, from 0. */
export function drawAct(
  shop: LiveShop,
  random: RecordRandom,
  pool: readonly string[],
  act: number,
): Act | null {
  const kind = random.weighted(KINDS);
  switch (kind) {
    case "place":
      return drawNewOrder(shop, random, act);
    case "stock":
      return drawStock(shop, random);
    case "product":
      return drawProduct(shop, random, act);
    case "customer":
      return drawCustomer(shop, random, act);
    default:
      return drawOrderAct(shop, random, pool, kind, () => drawVariant(shop, random)?.id ?? null);
  }
}

/** A checkout. Null when the store sells nothing. */
export function drawNewOrder(shop: LiveShop, random: RecordRandom, act: number): Act | null {
  const lines: { variant: string; quantity: number }[] = [];
  const wanted = random.weighted([
    [1, 60],
    [2, 28],
    [3, 12],
  ]);
  for (let k = 0; k < wanted; k++) {
    const variant = drawVariant(shop, random);
    if (variant)
      lines.push({ variant: variant.id, quantity: random.chance(0.85) ? 1 : random.between(2, 4) });
  }
  if (lines.length === 0) return null;
  const who = random.next();
  const known = who < 0.35 ? drawOf(shop, random, "customers") : null;
  const person = drawPerson(random);
  const phone = random.chance(0.9) ? drawPhone(random) : null;
  const address = drawAddress(random, person, phone);
  const email = random.chance(0.85) ? drawEmail(random, person, 900_000 + act) : null;
  const fresh = { ...person, email, phone: phone === null ? null : normalPhone(phone), address };
  const payment = random.weighted<NonNullable<PlaceOrder["payment"]>>([
    ["pending", 50],
    ["paid", 46],
    ["authorized", 4],
  ]);
  const gateway = payment === "pending" ? drawCodGateway(random) : drawPrepaidGateway(random, false);
  const digits = currencyDigits(readText(shop.store.shop, "currencyCode"));
  return {
    act: "placeOrder",
    lines,
    customer: known ? known.id : who < 0.88 ? fresh : null,
    ...(known ? {} : { email, phone: fresh.phone }),
    payment,
    gateway: payment === "authorized" ? "shopify_payments" : gateway.name,
    ...(random.chance(0.15) ? { discount: { code: "WELCOME10", percentage: 10 } } : {}),
    ...(random.chance(0.6) ? { shipping: formatFixed(79 * 10 ** digits, digits) } : {}),
    address,
    note: random.chance(0.05) ? "Please call before delivery" : null,
    tags: payment === "pending" && random.chance(0.3) ? ["cod-confirmed"] : [],
    test: random.chance(0.005),
  };
}

function drawOf(shop: LiveShop, random: RecordRandom, rootField: string): SimNode | null {
  const root = shop.store.collection(rootField);
  const count = root?.count() ?? 0;
  return root && count > 0 ? root.at(random.between(0, count - 1)) : null;
}

/** A variant on sale that is no gift card. */
function drawVariant(shop: LiveShop, random: RecordRandom): SimNode | null {
  for (let k = 0; k < 12; k++) {
    const variant = drawOf(shop, random, "productVariants");
    const product = readField(variant?.["product"]);
    if (readField(product, "status") === "ACTIVE" && readField(product, "isGiftCard") === false)
      return variant;
  }
  return null;
}

function drawStock(shop: LiveShop, random: RecordRandom): Act | null {
  const item = drawOf(shop, random, "inventoryItems");
  const levels = readNodes(item ?? undefined, "inventoryLevels");
  const level = levels[random.between(0, Math.max(0, levels.length - 1))];
  const location = readText(level, "location", "id");
  if (!item || location === "" || item["tracked"] !== true) return null;
  return random.chance(0.9)
    ? { act: "setStock", item: item.id, location, available: random.between(0, 80) }
    : { act: "disconnectStock", item: item.id, location };
}

function drawProduct(shop: LiveShop, random: RecordRandom, act: number): Act | null {
  const digits = currencyDigits(readText(shop.store.shop, "currencyCode"));
  const price = formatFixed(random.between(299, 3_999) * 10 ** digits, digits);
  const how = random.next();
  if (how < 0.15) {
    const title = `Live Kurta ${String(act)}`;
    const variants = ["S", "M", "L"].map((size) => ({
      sku: `LIVE-${String(act)}-${size}`,
      price,
      options: { Size: size },
      inventoryQuantity: 10,
    }));
    return { act: "createProduct", title, variants };
  }
  const product = drawOf(shop, random, "products");
  if (!product || product["isGiftCard"] === true) return null;
  if (how < 0.2) return { act: "deleteProduct", product: product.id };
  const variant = readNodes(product, "variants")[0];
  if (!variant) return null;
  if (how < 0.7)
    return { act: "updateProduct", product: product.id, change: [{ variant: variant.id, price }] };
  if (how < 0.85)
    return {
      act: "updateProduct",
      product: product.id,
      change: [{ variant: variant.id, sku: `NEW-${String(act)}` }],
    };
  return { act: "updateProduct", product: product.id, title: `${readText(product, "title")} (new)` };
}

function drawCustomer(shop: LiveShop, random: RecordRandom, act: number): Act | null {
  const how = random.next();
  const customer = drawOf(shop, random, "customers");
  if (how < 0.3 || !customer) {
    const person = drawPerson(random);
    return { act: "createCustomer", ...person, email: drawEmail(random, person, 900_000 + act) };
  }
  if (how < 0.8) return { act: "updateCustomer", customer: customer.id, note: `Seen ${String(act)}` };
  if (how < 0.9) return { act: "deleteCustomer", customer: customer.id };
  const other = drawOf(shop, random, "customers");
  return other ? { act: "mergeCustomers", customerOne: customer.id, customerTwo: other.id } : null;
}
