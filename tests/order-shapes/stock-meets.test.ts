import { expect, test } from "vitest";
import { payloadsOfRecord } from "#app/cache/payloads-of-record.ts";
import type { IncomingPayload } from "#app/cache/payload.ts";
import { decodeInventoryLevel } from "#app/shopify/codecs/decode-inventory-level.ts";
import { inventoryDetailDocument } from "#app/shopify/details/inventory-detail-document.ts";
import type { AnswerNode } from "#app/shopify/details/read-all-pages.ts";
import { readLevel } from "#app/shopify/details/read-level.ts";
import { readRecord } from "#app/shopify/webhooks/read-record.ts";
import { recordsOf } from "#simulator/fixtures/example-happenings.ts";
import { runGraphQL } from "#simulator/fixtures/run-graphql.ts";
import { renderTopic } from "#simulator/rest/render-topic.ts";
import { createStore } from "#simulator/store/create-store.ts";
import { readNodes } from "#simulator/store/read-record.ts";
import { bulkRecords, STOCK_SCOPES } from "./bulk-records.ts";

const store = createStore({ orders: 100, seed: 3 });

/** Every stock level of the store as the dump tells it, by the id the cache knows it by. */
async function dumpedLevels(): Promise<Map<string, IncomingPayload>> {
  const items = await bulkRecords(store, "inventory");
  const payloads = [...items].flatMap(([id, text]) =>
    payloadsOfRecord("inventory", { id, updatedAt: null, header: {}, raw: Buffer.from(text) }),
  );
  return new Map(payloads.map((payload) => [payload.id, payload]));
}

async function answeredLevels(ids: readonly string[]): Promise<ReturnType<typeof readLevel>[]> {
  const answer = (await runGraphQL(store, inventoryDetailDocument, {
    ...{ variables: { ids }, scopes: STOCK_SCOPES, now: new Date() },
  })) as { data: { nodes: { inventoryLevels: { nodes: AnswerNode[] } }[] } };
  return answer.data.nodes.flatMap(({ inventoryLevels }) => inventoryLevels.nodes).map(readLevel);
}

test("law 4: for one state of a stock level webhook, answer and dump agree on every field that they share", async () => {
  const dumped = await dumpedLevels();
  const items = recordsOf(store, "inventoryItems");
  let compared = 0;
  for (let at = 0; at < items.length; at += 50) {
    const some = items.slice(at, at + 50);
    for (const answered of await answeredLevels(some.map(({ id }) => id))) {
      const bulk = dumped.get(answered.id);
      expect(bulk).toMatchObject({
        ...{ shape: "bulk", shopifyUpdatedAt: answered.shopifyUpdatedAt, header: answered.header },
      });
      const told = decodeInventoryLevel("bulk", String(bulk?.raw));
      expect(told).toEqual(decodeInventoryLevel("detail", answered.raw));
      expect(Object.keys(told.quantities)).toHaveLength(5);
      compared++;
    }
    for (const subject of some.flatMap((item) => readNodes(item, "inventoryLevels"))) {
      const body = renderTopic({ topic: "inventory_levels/update", subject });
      const record = readRecord("inventory", JSON.parse(body) as Record<string, unknown>);
      if ("problem" in record) throw new Error(record.problem);
      const bulk = dumped.get(record.id);
      expect(Date.parse(String(bulk?.shopifyUpdatedAt))).toBe(Date.parse(String(record.shopifyUpdatedAt)));
      expect(bulk?.header).toEqual(record.header);
      const { connected, quantities } = decodeInventoryLevel("rest", body);
      expect(decodeInventoryLevel("bulk", String(bulk?.raw))).toMatchObject({ connected, quantities });
    }
  }
  expect(compared).toBe(dumped.size);
  expect(compared).toBeGreaterThan(500);
});
