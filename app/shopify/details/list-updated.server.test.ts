import { expect } from "vitest";
import { connectedTest as test } from "#tests/setup/a-connected-shop.ts";
import type { AdminClient } from "#app/shopify/client/admin-client.server.ts";
import { countUpdated, listUpdated, type UpdatedRoot } from "./list-updated.server.ts";

/** As the look-back does. */
async function list(client: AdminClient, { root, from }: { root: UpdatedRoot; from: Date }) {
  return listUpdated(client, { root, from, counted: await countUpdated(client, root, from) });
}

const ever = new Date("2020-01-01T00:00:00Z");

test("every changed record once, with its time, by pages of 250", async ({ connect }) => {
  const { client, store, asked } = await connect({ orders: 300 });
  const records = await list(client, { root: "orders", from: ever });
  const orders = Array.from({ length: 300 }, (_, i) => store.collection("orders")?.at(i));
  const by = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect([...records].sort(by)).toEqual(
    orders
      .map((order) => ({ id: String(order?.id.split("/").at(-1)), updatedAt: order?.updatedAt }))
      .sort(by),
  );
  expect(asked().filter((field) => field === "orders")).toHaveLength(2);
});

test("only what changed since", async ({ connect }) => {
  const { client, store, ids } = await connect();
  const [id = ""] = ids("orders", 1);
  store.change(`gid://shopify/Order/${id}`, { note: "new" }, new Date("2026-11-25T10:00:05Z"));
  const since = (at: string) => list(client, { root: "orders", from: new Date(at) });
  expect(await since("2026-11-25T10:00:05.900Z")).toEqual([{ id, updatedAt: "2026-11-25T10:00:05Z" }]);
  expect(await since("2026-11-25T10:00:06Z")).toEqual([]);
});

test("customers are found by whole days, so a day more is searched", async ({ connect }) => {
  const { client, store, ids } = await connect();
  const [id = ""] = ids("customers", 1);
  store.change(`gid://shopify/Customer/${id}`, { note: "new" }, new Date("2026-11-25T23:30:00Z"));
  const from = new Date("2026-11-26T00:15:00Z"); // midnight in between
  expect(await list(client, { root: "customers", from })).toContainEqual({
    id,
    updatedAt: "2026-11-25T23:30:00Z",
  });
});

test("a record that changes while the pages are read moves to the end: none is passed over, none comes twice", async ({
  connect,
}) => {
  const { client, store } = await connect({ orders: 300 });
  let pages = 0;
  const moving: typeof client = {
    ...client,
    async graphql(document, ...rest) {
      const answer = await client.graphql<never>(document, ...rest);
      if (document.includes("ListUpdated") && ++pages === 1) {
        const first = (answer.data as { orders: { nodes: { id: string }[] } }).orders.nodes;
        for (const { id } of first.slice(0, 20)) store.change(id, { note: "moved" }, new Date());
      }
      return answer;
    },
  };
  const records = await list(moving, { root: "orders", from: ever });
  expect(new Set(records.map(({ id }) => id)).size).toBe(300);
  expect(records).toHaveLength(300);
  expect(records.filter(({ updatedAt }) => updatedAt > "2026-11-25T")).not.toHaveLength(0);
});

test("law 9: fewer listed than Shopify counts is listed again, and then refused", async ({ connect }) => {
  const { client, asked } = await connect();
  const miscounting: typeof client = {
    ...client,
    async graphql(document, ...rest) {
      const answer = await client.graphql<never>(document, ...rest);
      if (document.includes("CountUpdated"))
        return { ...answer, data: { ordersCount: { count: 31 } } as never };
      return answer;
    },
  };
  await expect(list(miscounting, { root: "orders", from: ever })).rejects.toMatchObject({
    code: "BULK_INCOMPLETE",
    message: "Shopify listed 30 changed orders, but counted 31",
  });
  expect(asked().filter((field) => field === "orders")).toHaveLength(2);
});

test("a search that Shopify would ignore is refused: it would list everything", async ({ connect }) => {
  const { client } = await connect();
  const warned: typeof client = {
    ...client,
    graphql: (document, variables, ...rest) =>
      client.graphql(document, { ...variables, search: "changed_at:>='2026-01-01'" }, ...rest),
  };
  await expect(countUpdated(warned, "orders", ever)).rejects.toMatchObject({ code: "SHOPIFY_REFUSED" });
  await expect(listUpdated(warned, { root: "orders", from: ever, counted: 30 })).rejects.toMatchObject({
    code: "SHOPIFY_REFUSED",
  });
});
