import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createStore } from "#simulator/store/create-store.ts";
import { writeBulkFile } from "./write-bulk-file.ts";

const folder = mkdtempSync(join(tmpdir(), "returns-in-bulk-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const QUERY = `{ orders { edges { node { id returnStatus
  additionalFees { id name price { shopMoney { amount currencyCode } } taxLines { title } }
  returns { edges { node { id name status totalQuantity
    returnLineItems { edges { node { id quantity processedQuantity returnReasonNote
      ... on ReturnLineItem { fulfillmentLineItem { id lineItem { id } } } } } }
    exchangeLineItems { edges { node { id quantity lineItems { id sku } } } } } } }
  lineItems { edges { node { id currentQuantity } } } } } } }`;

test("returns with their lines and exchanges come in a bulk query of five connections", async () => {
  const path = join(folder, "returns.jsonl");
  await writeBulkFile(createStore({ orders: 1_000, seed: 1 }), QUERY, path);
  const lines = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; __parentId?: string; lineItems?: unknown[] });
  const ofType = (type: string) => lines.filter(({ id }) => id.startsWith(`gid://shopify/${type}/`));
  const returns = new Set(ofType("Return").map(({ id }) => id));
  const exchanges = ofType("ExchangeLineItem");
  expect(returns.size).toBeGreaterThan(20);
  for (const { __parentId: parent } of [...ofType("ReturnLineItem"), ...exchanges])
    expect(returns.has(parent ?? "")).toBe(true);
  expect(exchanges.some(({ lineItems }) => lineItems?.length === 1)).toBe(true);
  expect(exchanges.some(({ lineItems }) => lineItems?.length === 0)).toBe(true);
});
