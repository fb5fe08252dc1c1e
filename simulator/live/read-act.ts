import { CANCEL_REASONS } from "./cancel-order.ts";
import { HOLD_REASONS } from "./hold-order.ts";
import { ACTS, type Act, type ActName } from "./perform-act.ts";
import { RESTOCK_TYPES } from "./refund-order.ts";
import { refuse } from "./refused-act.ts";
import { RETURN_STEPS } from "./return-order.ts";
import { PARCEL_NEWS } from "./update-fulfillment.ts";

/** Looks at a value of a body. @throws RefusedAct naming the place of what is not as it must be. */
type Check = (value: unknown, path: string) => void;
/** Fields by name; those that end in "?" may be missing. */
type Shape = Readonly<Record<string, Check>>;

const is =
  (words: string, test: (value: unknown) => boolean): Check =>
  (value, path) => {
    if (!test(value)) refuse(`\`${path}\` must be ${words}.`);
  };
const text = is("text", (value) => typeof value === "string");
const amount = is('an amount as text, like "99.00"', (value) => typeof value === "string");
const whole = is("a whole number", (value) => Number.isSafeInteger(value));
const number = is("a number", (value) => typeof value === "number" && Number.isFinite(value));
const yesNo = is("true or false", (value) => typeof value === "boolean");
const line = is(
  "a line's gid or its number from 0",
  (value) => typeof value === "string" || Number.isSafeInteger(value),
);
const oneOf = (list: readonly string[]): Check =>
  is(`one of ${list.join(", ")}`, (value) => typeof value === "string" && list.includes(value));
const orNull =
  (check: Check): Check =>
  (value, path) => {
    if (value !== null) check(value, path);
  };
const listOf =
  (check: Check): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return refuse(`\`${path}\` must be a list.`);
    value.forEach((one: unknown, i) => {
      check(one, `${path}[${String(i)}]`);
    });
  };
const anObject =
  (shape: Shape): Check =>
  (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return refuse(`\`${path}\` must be an object.`);
    checkShape(value as Record<string, unknown>, shape, `${path}.`);
  };
const textOrObject =
  (shape: Shape): Check =>
  (value, path) => {
    if (typeof value !== "string") anObject(shape)(value, path);
  };
const record: Check = (value, path) => {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    refuse(`\`${path}\` must be an object.`);
  else for (const [field, one] of Object.entries(value)) text(one, `${path}.${field}`);
};

const ADDRESS: Shape = {
  ...Object.fromEntries(
    ["firstName", "lastName", "company", "address1", "address2", "city", "province", "provinceCode"]
      .concat("country", "countryCodeV2", "zip", "phone")
      .map((field) => [`${field}?`, orNull(text)]),
  ),
  "name?": text,
  "latitude?": orNull(number),
  "longitude?": orNull(number),
};
const UNITS = { line, quantity: whole };
const PART_UNITS = { id: text, quantity: whole };
const TRACKING = orNull(
  anObject({ "company?": orNull(text), "number?": orNull(text), "url?": orNull(text) }),
);
const EVENT_DETAILS: Shape = {
  ...Object.fromEntries(
    ["message", "address1", "city", "province", "country", "zip", "estimatedDeliveryAt"].map((field) => [
      `${field}?`,
      orNull(text),
    ]),
  ),
  "latitude?": orNull(number),
  "longitude?": orNull(number),
};
const CUSTOMER: Shape = {
  "firstName?": orNull(text),
  "lastName?": orNull(text),
  "email?": orNull(text),
  "phone?": orNull(text),
  "note?": orNull(text),
  "tags?": listOf(text),
  "address?": orNull(anObject(ADDRESS)),
};
const PRODUCT: Shape = {
  "status?": oneOf(["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"]),
  "vendor?": text,
  "productType?": text,
  "tags?": listOf(text),
};
const VARIANT: Shape = {
  "sku?": orNull(text),
  price: amount,
  "options?": record,
  "inventoryQuantity?": whole,
};
const STOCK: Shape = { item: text, location: text };

const SHAPES: Readonly<Record<ActName, Shape>> = {
  placeOrder: {
    lines: listOf(anObject({ variant: text, quantity: whole, "price?": amount })),
    "customer?": orNull(textOrObject(CUSTOMER)),
    "email?": orNull(text),
    "phone?": orNull(text),
    "gateway?": text,
    "payment?": oneOf(["paid", "pending", "authorized", "none"]),
    "discount?": anObject({ code: text, "percentage?": number, "amount?": amount }),
    "shipping?": amount,
    "address?": orNull(anObject(ADDRESS)),
    "note?": orNull(text),
    "tags?": listOf(text),
    "test?": yesNo,
  },
  payOrder: { order: text, "amount?": amount, "method?": text, "at?": text },
  fulfilOrder: {
    order: text,
    "fulfillmentOrder?": text,
    "lines?": listOf(anObject(UNITS)),
    "parts?": listOf(anObject({ fulfillmentOrder: text, "lines?": listOf(anObject(PART_UNITS)) })),
    "tracking?": TRACKING,
  },
  updateFulfillment: {
    fulfillment: text,
    "tracking?": TRACKING,
    "event?": oneOf(PARCEL_NEWS),
    "eventAt?": text,
    "eventDetails?": anObject(EVENT_DETAILS),
    "cancel?": yesNo,
  },
  moveFulfillment: { fulfillmentOrder: text, location: text, "lines?": listOf(anObject(PART_UNITS)) },
  cancelOrder: {
    order: text,
    "reason?": oneOf(CANCEL_REASONS),
    "restock?": yesNo,
    "refund?": yesNo,
  },
  refundOrder: {
    order: text,
    "lines?": listOf(anObject({ ...UNITS, restock: oneOf(RESTOCK_TYPES) })),
    "shipping?": yesNo,
    "amount?": amount,
    "note?": orNull(text),
  },
  editOrder: {
    order: text,
    "add?": listOf(anObject({ variant: text, quantity: whole })),
    "lower?": listOf(anObject({ ...UNITS, "restock?": yesNo })),
  },
  returnOrder: {
    order: text,
    step: oneOf(RETURN_STEPS),
    "return?": text,
    "lines?": listOf(anObject(UNITS)),
    "refund?": yesNo,
  },
  holdFulfillment: { order: text, "reason?": oneOf(HOLD_REASONS), "notes?": orNull(text) },
  releaseHold: { order: text },
  deleteOrder: { order: text },
  setStock: { ...STOCK, available: whole, "of?": oneOf(["available", "on_hand"]) },
  connectStock: { ...STOCK, "available?": whole },
  disconnectStock: STOCK,
  createProduct: { title: text, ...PRODUCT, variants: listOf(anObject(VARIANT)) },
  updateProduct: {
    product: text,
    "title?": text,
    ...PRODUCT,
    "change?": listOf(anObject({ variant: text, "price?": amount, "sku?": orNull(text) })),
    "add?": listOf(anObject(VARIANT)),
    "remove?": listOf(text),
  },
  deleteProduct: { product: text },
  createCustomer: CUSTOMER,
  updateCustomer: { customer: text, ...CUSTOMER },
  deleteCustomer: { customer: text },
  mergeCustomers: { customerOne: text, customerTwo: text },
  createLocation: { name: text },
  updateLocation: { location: text, name: text },
};

/**
 * Reads an act from a body: `{"act": "payOrder", "order": "gid://…"}`.
 * @throws RefusedAct naming the field that is missing, wrong or unknown.
 */
export function readAct(body: Readonly<Record<string, unknown>>): Act {
  const { act, ...fields } = body;
  if (typeof act !== "string" || !Object.hasOwn(SHAPES, act))
    return refuse(`\`act\` must be one of ${Object.keys(ACTS).join(", ")}.`);
  checkShape(fields, SHAPES[act as ActName], "");
  if (act === "placeOrder" && typeof fields["discount"] === "object") {
    const given = fields["discount"] as Record<string, unknown>;
    if ((given["percentage"] === undefined) === (given["amount"] === undefined))
      refuse("`discount` must have either `percentage` or `amount`.");
  }
  return { act, ...fields } as Act;
}

function checkShape(given: Readonly<Record<string, unknown>>, shape: Shape, path: string): void {
  for (const [name, check] of Object.entries(shape)) {
    const field = name.replace(/\?$/, "");
    const value = given[field];
    if (value !== undefined) check(value, path + field);
    else if (!name.endsWith("?")) refuse(`\`${path}${field}\` is missing.`);
  }
  for (const field of Object.keys(given))
    if (!(field in shape) && !(`${field}?` in shape)) refuse(`\`${path}${field}\` is not known here.`);
}
