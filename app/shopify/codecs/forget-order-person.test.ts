import { expect, test } from "vitest";
import { aRestOrder, type Patch } from "#tests/order-shapes/a-rest-order.ts";
import { decodeOrder } from "./decode-order.ts";
import { forgetOrderPerson } from "./forget-order-person.ts";
import { personPatterns, quotesOf } from "./person-pattern.ts";
import { addTextsOfContact, noPersonTexts } from "./person-texts.ts";

const forget = (patch: Patch, known = noPersonTexts()) =>
  forgetOrderPerson("rest", JSON.stringify(aRestOrder(patch)), { id: "6200407294252", known });
const person = {
  customer: {
    id: 7,
    first_name: "Meenakshi",
    last_name: "Sundaram",
    email: "meena@example.in",
    phone: "+919876501234",
  },
};

test("a field that nobody knows goes", () => {
  const forgotten = forget({ favourite_colour: "green", customer: { id: 7, nickname: "Meenu" } });
  expect(forgotten).not.toMatch(/favourite|green|Meenu|nickname/);
  expect(JSON.parse(forgotten)).toMatchObject({ name: "#1071", total_price: "100.00", customer: null });
});

test("tags that name the person go, the others stay", () => {
  const tags = "cod-confirmed, for meenakshi, call 98765-01234, VIP, meena@example.in";
  expect(decodeOrder("rest", forget({ ...person, tags })).tags).toEqual(["cod-confirmed", "VIP"]);
});

test("a text that stays is removed where it quotes the person; a single name in a product's title does not", () => {
  const line = (title: string) => ({
    ...{ id: 1, admin_graphql_api_id: "gid://shopify/LineItem/1" },
    title,
    quantity: 1,
    price: "1.00",
  });
  const titles = [
    "Kurta for Meenakshi  Sundaram",
    "Meenakshi silk saree",
    "ring +91 98765 01234",
    "call 198765012345",
  ];
  expect(
    titles.map(
      (title) => decodeOrder("rest", forget({ ...person, line_items: [line(title)] })).lines[0]?.title,
    ),
  ).toEqual(["[removed]", "Meenakshi silk saree", "[removed]", "call 198765012345"]);
});

test("what is known of the person beside the payload counts too", () => {
  const known = { ...noPersonTexts(), names: new Set(["Meenakshi"]) };
  expect(decodeOrder("rest", forget({ tags: "Meenakshi, VIP" }, known)).tags).toEqual(["VIP"]);
});

test("what nobody could read does not become readable, and says nothing of the person", () => {
  for (const broken of [
    { line_items: "of meena@example.in" },
    { name: { of: "meena@example.in" } },
    { total_price: "meena@example.in" },
    { line_items: ["meena@example.in"] },
  ]) {
    const forgotten = forget({ ...person, ...broken });
    expect(forgotten).not.toContain("meena");
    expect(() => decodeOrder("rest", forgotten)).toThrow("cannot be read");
  }
});

test.each([
  ["rest", '{"admin_graphql_api_id":"gid://shopify/Order/12"}'],
  ["bulk", '{"id":"gid://shopify/Order/12"}'],
] as const)("a %s payload that is no JSON becomes its id", (shape, left) => {
  expect(forgetOrderPerson(shape, 'base64:{"email":"meena@example.in', { id: "12" })).toBe(left);
});

test("an amount is nobody's phone number", () => {
  const forgotten = forget({
    ...person,
    phone: "9876501234",
    total_price: "9876501234.00",
    fulfillments: [],
  });
  expect(JSON.parse(forgotten)).toMatchObject({ total_price: "9876501234.00" });
});

test("what is looked for can be asked of a database, whatever a person typed", () => {
  const texts = noPersonTexts();
  const typed = "Zu\u0000bei\ud800da (K.) [x] *";
  addTextsOfContact(texts, {
    name: typed,
    email: typed,
    phone: "+91 (98765) 01234",
    address1: `${typed} / 4`,
  });
  const { telling, naming } = personPatterns(texts);
  expect(naming).not.toContain("\u0000");
  expect(naming?.isWellFormed()).toBe(true);
  expect(quotesOf({ telling, naming }).telling("for ZU" + "bei\ufffdda  (K.) [x] *!")).toBe(true);
});
