import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { decodeCustomer } from "#app/shopify/codecs/decode-customer.ts";
import { decodeProduct } from "#app/shopify/codecs/decode-product.ts";
import { decodeBody } from "#app/shopify/webhooks/decode-body.ts";
import { readRecord, type ReadRecord } from "#app/shopify/webhooks/read-record.ts";
import type { RecordKind } from "#app/shopify/webhooks/webhook-delivery.ts";

const textOf = (name: string) => readFileSync(path.join(import.meta.dirname, `${name}.json`), "utf8");

/** What the webhook road makes of a file. */
function received(kind: RecordKind, name: string): ReadRecord {
  const body = decodeBody(new TextEncoder().encode(textOf(name)));
  return "problem" in body ? body : readRecord(kind, body.record);
}

describe("put in its place by the webhook road", () => {
  test.each([
    // file                 id                    number            paid                 shipped
    ["pos-order", "6200407294253", "#1071", "PAID", "FULFILLED"],
    ["two-currencies", "6200407294256", "#1074", "PARTIALLY_PAID", "UNFULFILLED"],
    ["guest", "6200407294258", "#1076", "PENDING", "UNFULFILLED"],
    ["customer-absent", "6200407294259", "#1077", "PAID", "UNFULFILLED"],
    ["unknown-words", "6200407294260", "#1078", "PARTIALLY_VOIDED", "TELEPORTED"],
    ["ids-as-text", "6200407294261", "#1079", "PAID", "UNFULFILLED"],
    ["large-ids", "820982911946154508", "#1080", "PAID", "UNFULFILLED"],
    ["two-parcels", "6200407294267", "#1085", "PAID", "PARTIALLY_FULFILLED"],
    ["odd-texts", "6200407294268", "IYKYK-#2061/a", "PAID", "UNFULFILLED"],
  ])("%s is %s", (name, id, orderNumber, financialStatus, fulfillmentStatus) => {
    expect(received("order", name)).toEqual({
      id,
      shopifyUpdatedAt: "2026-11-20T12:36:02.000000Z",
      header: { orderNumber, financialStatus, fulfillmentStatus },
    });
  });

  test.each([
    ["product", "product-many-variants", "8123456700002", { title: "Kurta", handle: "kurta" }],
    ["customer", "customer-blank", "7788990011224", {}],
  ] as const)("a %s", (kind, name, id, header) => {
    expect(received(kind, name)).toMatchObject({ id, header });
  });
});

test("a product says by variant_gids which variants it has, though it shows only some of them", () => {
  expect(decodeProduct("rest", textOf("product-many-variants"))).toMatchObject({
    isDeletion: false,
    status: "UNLISTED",
    tags: [],
    variantIds: ["44123456700002", "44123456700003", "44123456700004"],
    variants: [
      {
        sku: "K-RED-M",
        price: "1299.5",
        compareAtPrice: null,
        inventoryItemId: "46123456700002",
        selectedOptions: [
          { name: "Colour", value: "Red" },
          { name: "Size", value: "M" },
        ],
      },
      { sku: "", price: "1299", compareAtPrice: "1499", inventoryItemId: "46123456700003" },
    ],
  });
});

test("a customer of whom nothing is known is no deletion, and what is unsaid stays unsaid", () => {
  const customer = decodeCustomer("rest", textOf("customer-blank"));
  expect(customer).toMatchObject({
    isDeletion: false,
    email: null,
    phone: null,
    firstName: null,
    lastName: null,
    note: null,
    state: "INVITED",
    taxExempt: true,
  });
  const { tags, numberOfOrders, amountSpent, acceptsMarketing, defaultAddress } = customer;
  expect([tags, numberOfOrders, amountSpent, acceptsMarketing, defaultAddress]).toEqual(
    Array(5).fill(undefined),
  );
});

test("every file is explained in the README", () => {
  const readme = readFileSync(path.join(import.meta.dirname, "README.md"), "utf8");
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".json"));
  expect(files.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  expect(files).toHaveLength(18);
});
