import { expect, test } from "vitest";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { sortQuantityErrors } from "./quantity-errors.ts";
import { setQuantities, type QuantityRow } from "./set-quantities.server.ts";

const row = (n: number, more: Partial<QuantityRow> = {}): QuantityRow => ({
  ...{
    id: `w${String(n)}`,
    inventoryItemId: String(n),
    locationId: "7",
    quantity: 5,
    changeFrom: 4,
    round: 0,
  },
  ...more,
});
const at = (place: number, code: string) => ({
  field: ["input", "quantities", String(place), "locationId"],
  code,
  message: code,
});

type Asked = { key: string; items: string[] };
/** Sets all of a request or nothing; `refuse` says what is wrong with one. */
async function run(
  rows: QuantityRow[],
  refuse: (items: string[]) => { field: string[] | null; code: string; message: string }[],
) {
  const asked: Asked[] = [];
  const outcomes: Record<string, string> = {};
  const client = {
    graphql: (
      _: string,
      variables: { input: { quantities: { inventoryItemId: string }[] }; key: string },
    ) => {
      const items = variables.input.quantities.map(
        ({ inventoryItemId }) => inventoryItemId.split("/").at(-1) ?? "",
      );
      asked.push({ key: variables.key, items });
      return Promise.resolve({ data: { inventorySetQuantities: { userErrors: refuse(items) } } });
    },
  } as unknown as AdminClient;
  await setQuantities(client, rows, {
    shop: "a.myshopify.com",
    beforeSending: (some) => Promise.resolve(some),
    onOutcome: ({ id }, { as }) => {
      outcomes[id] = as;
    },
  });
  return { asked, outcomes };
}

test("a row that Shopify names is taken out, and the others go through under another key", async () => {
  const { asked, outcomes } = await run([row(1), row(2), row(3)], (items) =>
    items.includes("2") ? [at(items.indexOf("2"), "INVALID_LOCATION")] : [],
  );
  expect(asked.map(({ items }) => items)).toEqual([
    ["1", "2", "3"],
    ["1", "3"],
  ]);
  expect(outcomes).toEqual({ w1: "done", w2: "refused", w3: "done" });
  expect(new Set(asked.map(({ key }) => key)).size).toBe(2);
});

test("one that Shopify does not name is found by halving", async () => {
  const rows = Array.from({ length: 250 }, (_, n) => row(n));
  const { asked, outcomes } = await run(rows, (items) =>
    items.includes("77") ? [{ field: null, code: "INVALID", message: "One is bad" }] : [],
  );
  expect(Object.entries(outcomes).filter(([, as]) => as !== "done")).toEqual([["w77", "refused"]]);
  expect(Object.keys(outcomes)).toHaveLength(250);
  expect(asked.length).toBeLessThan(20);
});

test("the key is the same for the same wishes and values, and another once one differs or was answered", async () => {
  const keyOf = async (rows: QuantityRow[]) => (await run(rows, () => [])).asked[0]?.key;
  const key = await keyOf([row(1), row(2)]);
  expect(await keyOf([row(1), row(2)])).toBe(key);
  for (const other of [{ quantity: 6 }, { changeFrom: 3 }, { round: 1 }, { id: "w9" }])
    expect(await keyOf([row(1), row(2, other)])).not.toBe(key);
});

test("what the request as a whole meets is of all its rows", () => {
  const of = (code: string, field: string[] | null = null) =>
    [...sortQuantityErrors(2, [{ code, field, message: code }]).outcomes.values()].map(({ as }) => as);
  expect(of("IDEMPOTENCY_CONCURRENT_REQUEST")).toEqual(["running", "running"]);
  expect(of("IDEMPOTENCY_KEY_PARAMETER_MISMATCH")).toEqual(["stale", "stale"]);
  expect(of("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED")).toEqual(["stale", "stale"]);
  expect(of("INVALID_REASON", ["input", "reason"])).toEqual(["refused", "refused"]);
  const moved = sortQuantityErrors(3, [at(1, "CHANGE_FROM_QUANTITY_STALE")]);
  expect([moved.outcomes.get(1)?.as, moved.again]).toEqual(["stale", [0, 2]]);
});
