import { expect } from "vitest";
import { idFromGid } from "#app/lib/gid.ts";
import { loadOrder } from "#app/erp/orders/load-order.server.ts";
import { later, sendingTest as test, type ShopThatSends } from "#tests/setup/a-shop-that-sends.ts";

type Ids = Record<"lines" | "parcels" | "returns", string[]>;

/** Each line, parcel and return of an order as the API gives it. */
async function partsOf({ pool, shop }: ShopThatSends, id: string): Promise<Map<string, string>> {
  const order = await loadOrder(pool, { shop, id });
  const texts = (part: keyof Ids, rows: readonly { id: string }[] = []) =>
    rows.map((row) => [`${part} ${row.id}`, JSON.stringify(row)] as const);
  return new Map([
    ...texts("lines", order?.lines),
    ...texts("parcels", order?.parcels),
    ...texts("returns", order?.cases),
  ]);
}

/** What the feed has named of an order since: its parts and their ids. */
async function toldOf(at: ShopThatSends, orderId: string) {
  const rows = await at.rows<{ parts: string[]; ids: Partial<Ids> }>(
    `with told as (delete from "ChangeFeed" where shop = $1 and entity = 'order' and "entityId" = $2 returning *)
       select parts, ids from told order by seq`,
    [orderId],
  );
  const named = rows.flatMap(({ ids }) =>
    Object.entries(ids).flatMap(([part, of]) => of.map((id) => `${part} ${id}`)),
  );
  return { named: new Set(named), parts: new Set(rows.flatMap(({ parts }) => parts)) };
}

test("the feed names just the lines, parcels and returns that came, changed or went, whoever did it", async ({
  sending,
}) => {
  const at = await sending();
  const { id, lines } = await at.anOpenOrder(3, 2);
  const [first = { lineId: "", qty: 0 }, second = { lineId: "", qty: 0 }] = lines;
  const order = `gid://shopify/Order/${id}`;
  const own = { lines: [{ lineId: first.lineId, qty: first.qty }] };
  const others = { lines: [{ lineId: second.lineId, qty: 1 }] };
  const parcel = async (n: number) => String((await at.parcels(id))[n]?.["id"]);
  const fulfillment = () => `gid://shopify/Fulfillment/${idFromGid(at.fulfillments(id)[0]?.id ?? "")}`;
  const variant = at.store.collection("productVariants")?.at(3).id ?? "";
  const story: [what: string, does: () => unknown][] = [
    ["picked", () => at.act(id, { action: "pick", ...own })],
    ["packed", () => at.act(id, { action: "pack", ...own })],
    ["handed over", () => at.act(id, { action: "hand_over", awbNumber: "A-1", courier: "Delhivery" })],
    ["told to Shopify", () => at.send(later)],
    [
      "another AWB",
      async () => at.act(id, { action: "update_tracking", parcelId: await parcel(0), awbNumber: "A-2" }),
    ],
    [
      "the carrier",
      () => at.simulator.act({ act: "updateFulfillment", fulfillment: fulfillment(), event: "IN_TRANSIT" }),
    ],
    ["one of the other line cancelled", () => at.act(id, { action: "cancel", ...others })],
    [
      "a line added in Shopify",
      () => at.simulator.act({ act: "editOrder", order, add: [{ variant, quantity: 1 }] }),
    ],
    ["it comes back", async () => at.act(id, { action: "initiate_rto", parcelId: await parcel(0) })],
    ["it is back", async () => at.act(id, { action: "receive_rto", parcelId: await parcel(0) })],
  ];
  await toldOf(at, id);
  const kinds = new Set<string>();
  for (const [what, does] of story) {
    const before = await partsOf(at, id);
    await does();
    await at.hear();
    const after = await partsOf(at, id);
    const differ = [...new Set([...before.keys(), ...after.keys()])].filter(
      (key) => before.get(key) !== after.get(key),
    );
    const { named, parts } = await toldOf(at, id);
    expect(named, what).toEqual(new Set(differ));
    for (const key of differ) {
      const [part = ""] = key.split(" ");
      expect(parts, what).toContain(part);
      kinds.add(part);
    }
  }
  expect(kinds).toEqual(new Set(["lines", "parcels", "returns"]));
});
