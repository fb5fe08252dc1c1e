import { describe, expect, test } from "vitest";
import { idFromGid } from "#app/lib/gid.ts";
import { decodeCustomer } from "#app/shopify/codecs/decode-customer.ts";
import { decodeProduct } from "#app/shopify/codecs/decode-product.ts";
import { recordsOf } from "#simulator/fixtures/example-happenings.ts";
import { renderTopic } from "#simulator/rest/render-topic.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { bulkRecords } from "./bulk-records.ts";

/** The same products and customers as webhook bodies and by the app's own bulk queries. */
const store = createStore({ orders: 400, seed: 3 });

type Differences = { untold: Set<string>; contradicted: Set<string> };

/** Where the webhook says nothing and the dump does, and where both say something else, by path. */
function compare(rest: unknown, bulk: unknown, path: string, found: Differences): void {
  if (bulk === undefined || rest === undefined) {
    if (bulk !== rest) (rest === undefined ? found.untold : found.contradicted).add(path);
  } else if (Array.isArray(rest) && Array.isArray(bulk)) {
    for (const [index, one] of rest.entries()) compare(one, bulk[index], `${path}[]`, found);
    if (rest.length < bulk.length) found.untold.add(`${path}[${String(rest.length)}]`);
  } else if (isObject(rest) && isObject(bulk)) {
    for (const key of Object.keys(bulk))
      compare(rest[key], bulk[key], path === "" ? key : `${path}.${key}`, found);
  } else if (rest !== bulk) found.contradicted.add(path);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function differences(
  root: "products" | "customers",
  decode: (shape: string, text: string) => unknown,
): Promise<Differences & { compared: number }> {
  const nodes = await bulkRecords(store, root);
  const found = { untold: new Set<string>(), contradicted: new Set<string>(), compared: 0 };
  for (const subject of recordsOf(store, root)) {
    const bulk = nodes.get(idFromGid(subject.id));
    if (bulk === undefined) continue;
    found.compared++;
    const rest = renderTopic({ topic: `${root}/update`, subject });
    compare(decode("rest", rest), decode("bulk", bulk), "", found);
  }
  return found;
}

describe("over both roads", () => {
  test("products say the same, but for what webhooks dropped and variants beyond a hundred", async () => {
    const { compared, contradicted, untold } = await differences("products", decodeProduct);
    expect(compared).toBeGreaterThan(20);
    expect([...contradicted]).toEqual([]);
    expect([...untold].sort()).toEqual([
      "isGiftCard",
      "variants[100]",
      "variants[].requiresComponents",
      "variants[].requiresShipping",
      "variants[].tracked",
      "variants[].weightGrams",
    ]);
  });

  test("customers say the same, but for the tags, counts and consent that webhooks dropped", async () => {
    const { compared, contradicted, untold } = await differences("customers", decodeCustomer);
    expect(compared).toBeGreaterThan(100);
    expect([...contradicted]).toEqual([]);
    expect([...untold].sort()).toEqual([
      "acceptsMarketing",
      "amountSpent",
      "currency",
      "numberOfOrders",
      "tags",
    ]);
  });
});
