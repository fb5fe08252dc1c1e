/** The block on Shopify's order page, as Shopify bundles it, against a server that answers what the API's own schemas say. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { z } from "zod";

import { errorCatalogue, type ErrorCode } from "#app/lib/errors.ts";
import { OrderSyncStatus, type NotSent } from "#app/routes/api/order-sync-schema.ts";
import { ErrorAnswer } from "#app/routes/api/schemas.ts";

import { bundleOrderBlock, openOrderBlock, type OrderBlock } from "./open-order-block.ts";

const GID = "gid://shopify/Order/5123";
type Said = { status: number; body: object };
type Asked = { method: string; path: string; token: string | undefined; body: string };

let bundle: string;
let server: Server;
let appUrl: string;
let asked: Asked[];
/** What the next looks answer, the last one again and again; and what fetching answers. */
let looks: Said[];
let fetched: Said;
let block: OrderBlock | undefined;

beforeAll(async () => {
  bundle = await bundleOrderBlock();
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      asked.push({ method, path, token: headers.authorization, body });
      const said = method === "POST" ? fetched : looks.length > 1 ? looks.shift() : looks[0];
      response.writeHead(said?.status ?? 500, { "Content-Type": "application/json" });
      response.end(JSON.stringify(said?.body ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  appUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  looks = [];
  fetched = { status: 200, body: { orders: [] } };
});
afterEach(async () => {
  await block?.close();
});

const open = (more: Partial<Parameters<typeof openOrderBlock>[0]> = {}) =>
  (block = openOrderBlock({ bundle, appUrl, token: "t0ken", gid: GID, ...more }));
const shows = (opened: OrderBlock) => expect.poll(() => opened.text());

type Order = NonNullable<OrderSyncStatus["order"]>;
const parcel: Order["parcels"][number] = {
  ...{ id: "77", shopifyFulfillmentId: "77", name: "#1003-F1", awbNumber: "SRX91", courier: "Bluedart" },
  ...{ trackingUrl: "https://track.example.com/SRX91", locationId: "1", linesKnown: true, lines: [] },
  ...{ amountToCollect: "618240.50", deliveredAt: null, newsAt: null },
  state: "in_transit",
  origin: "erp",
  handedOverAt: "2026-11-25T06:00:00.000Z",
};
const order: Order = {
  status: "shipped",
  paymentMethod: "COD",
  ...{ stopShip: null, isHistory: false, test: false, holds: [] },
  ...{ presentmentCurrency: "INR", amountToCollect: "618240.50", parcels: [parcel] },
};

/** What the API would say; its schema checks it. */
function known(more: Partial<z.input<typeof OrderSyncStatus>>): Said {
  const body = OrderSyncStatus.parse({
    ...{ id: "5123", orderNumber: "#1003", state: "processed", nextRetryAt: null, error: null },
    ...{ receivedAt: "2026-11-26T05:12:00.000Z", processedAt: "2026-11-26T05:12:01.000Z", notSent: null },
    ...{ fetchError: null, erased: false, order, locale: "en-IN", timeZone: "Asia/Kolkata", ...more },
  });
  return { status: 200, body };
}

function refused(code: ErrorCode, message: string = errorCatalogue[code].words): Said {
  const { status, next } = errorCatalogue[code];
  return { status, body: ErrorAnswer.parse({ error: { code, message, next } }) };
}

test("it loads, then shows status, parcels and what is to be collected, in the shop's own writing", async () => {
  looks = [known({})];
  const opened = open();
  expect(opened.targets).toEqual(["admin.order-details.block.render"]);
  expect(opened.text()).toContain("Asking the ERP…");
  await shows(opened).toContain("In the ERP");
  const text = opened.text();
  for (const words of ["Shipped", "COD", "In transit", "Bluedart · AWB SRX91", "26 Nov 2026, 10:42 am"])
    expect(text).toContain(words);
  expect(text).toContain("To collect: ₹6,18,240.50");
  expect(text).toContain("(Shipped · collect ₹6,18,240.50)");
  expect(opened.links()).toEqual(["https://track.example.com/SRX91", "app:app/orders/5123"]);
  expect(asked).toEqual([
    { method: "GET", path: "/api/orders/5123/sync-status", token: "Bearer t0ken", body: "" },
  ]);
});

test("an order without parcels, prepaid, says so; a link that is none of the web's is no link", async () => {
  looks = [known({ order: { ...order, paymentMethod: "Prepaid", amountToCollect: "0.00", parcels: [] } })];
  const opened = open();
  await shows(opened).toContain("No parcels yet.");
  expect(opened.text()).toContain("To collect: nothing, it is prepaid");
  looks = [known({ order: { ...order, parcels: [{ ...parcel, trackingUrl: "javascript:alert(1)" }] } })];
  const second = open();
  await shows(second).toContain("AWB SRX91");
  expect(second.links()).toEqual(["app:app/orders/5123"]);
});

test("stop-ship and each hold say why, and who may release it", async () => {
  const hold = {
    kind: "no_sku",
    key: null,
    words: "A line has no SKU",
    releasedBy: "Map the variant",
  } as const;
  looks = [known({ order: { ...order, status: "on_hold", stopShip: "The address changed", holds: [hold] } })];
  const opened = open();
  await shows(opened).toContain("Stop: do not ship it as it is packed");
  for (const words of ["The address changed", "On hold", "A line has no SKU", "What to do: Map the variant"])
    expect(opened.text()).toContain(words);
});

test.each([
  ["failed", "Not taken over yet: tried again by itself", "next try: 26 Nov 2026, 10:45 am"],
  ["quarantined", "Not taken over: waits for you", "Last news from Shopify"],
] as const)("%s: the error with its next step", async (state, words, more) => {
  const { next } = errorCatalogue.SKU_NOT_FOUND;
  const error = { code: "SKU_NOT_FOUND", text: "SKU not found: A-1", next } as const;
  const nextRetryAt = state === "failed" ? "2026-11-26T05:15:00.000Z" : null;
  looks = [known({ state, error, nextRetryAt, order: null, processedAt: null })];
  const opened = open();
  await shows(opened).toContain(words);
  for (const said of ["SKU not found: A-1", `What to do: ${next}`, more])
    expect(opened.text()).toContain(said);
});

const notSent: NotSent = {
  ...{ standing: "refused", kind: "fulfillmentCreate", words: "Mark 2 × Shirt as fulfilled" },
  ...{ code: "SHOPIFY_REFUSED", text: "The fulfilment order is closed.", next: "Look.", conflict: null },
};

test.each<[NotSent, string, string]>([
  [notSent, "In the ERP, refused by Shopify", "Shopify could not take over what the ERP did"],
  [
    { ...notSent, standing: "not_granted", code: "SCOPE_MISSING" },
    "In the ERP, not in Shopify: permission missing",
    "Shopify is not told of it: a permission is missing",
  ],
  [
    { ...notSent, standing: "again" },
    "In the ERP, not in Shopify yet: tried again by itself",
    "Shopify could not be told yet",
  ],
  [
    { ...notSent, standing: "off", code: "PREVIEW_NEEDED" },
    "In the ERP, not in Shopify: waits until switched on",
    "Shopify is not told of it: it is switched off",
  ],
])("what Shopify did not take from the ERP is said, with what to do: %j", async (said, badge, heading) => {
  looks = [known({ notSent: said })];
  const opened = open();
  await shows(opened).toContain(heading);
  const lines = opened.text().split("\n");
  expect(lines).not.toContain("In the ERP");
  for (const line of [
    ...[badge, "Mark items as fulfilled: Mark 2 × Shirt as fulfilled", "The fulfilment order is closed."],
    ...["What to do: Look.", `(${badge} · Shipped · collect ₹6,18,240.50)`],
  ])
    expect(lines).toContain(line);
});

test("a conflict says both sides, its amounts as the shop writes them, and what to do in this very case", async () => {
  const conflict = { erp: "618240.50 INR came", shopify: "100.00 INR is owed" };
  const next = "Refund 518240.50 INR, or choose not to send it.";
  looks = [
    known({
      notSent: {
        ...{ standing: "conflict", kind: "orderMarkAsPaid", words: "Book 618240.50 INR as paid" },
        ...{ code: "SHOPIFY_DIFFERS", text: conflict.shopify, conflict, next },
      },
    }),
  ];
  const opened = open();
  await shows(opened).toContain("Shopify has something else than the ERP");
  const lines = opened.text().split("\n");
  for (const line of [
    "Mark an order as paid: Book ₹6,18,240.50 as paid",
    ...["ERP: ₹6,18,240.50 came", "Shopify: ₹100 is owed"],
    "What to do: Refund ₹5,18,240.50, or choose not to send it.",
  ])
    expect(lines).toContain(line);
});

test("each of two parcels says its own part of what is to be collected", async () => {
  const second = { ...parcel, id: "78", awbNumber: "SRX92", amountToCollect: "240.50" };
  looks = [
    known({
      order: {
        ...order,
        parcels: [{ ...parcel, amountToCollect: "1000.00" }, second],
        amountToCollect: "1240.50",
      },
    }),
  ];
  const opened = open();
  await shows(opened).toContain("2 parcels");
  const lines = opened.text().split("\n");
  for (const line of ["collect ₹1,000", "collect ₹240.50", "To collect: ₹1,240.50"])
    expect(lines).toContain(line);
});

test("not in the ERP yet: Sync again fetches it, and it is followed until it is done", async () => {
  looks = [refused("NOT_FOUND"), known({ state: "pending", order: null, processedAt: null }), known({})];
  fetched = { status: 200, body: { orders: [{ outcome: "waiting" }] } };
  const opened = open();
  await shows(opened).toContain("Not in the ERP yet");
  opened.press("Sync again");
  await shows(opened).toContain("On its way to the ERP");
  await shows(opened).toContain("In the ERP");
  expect(asked[1]).toMatchObject({
    method: "POST",
    path: "/api/shopify/orders/fetch",
    body: '{"id":"5123"}',
  });
  expect(asked.map(({ method }) => method)).toEqual(["GET", "POST", "GET", "GET"]);
});

test("Sync again refused: why and what to do, and what was known stays", async () => {
  looks = [known({})];
  fetched = refused("RATE_LIMITED", "Shopify asks to wait.");
  const opened = open();
  await shows(opened).toContain("In the ERP");
  opened.press("Sync again");
  await shows(opened).toContain("It could not be fetched again");
  expect(opened.text()).toContain("Shopify asks to wait.");
  expect(opened.text()).toContain(`What to do: ${errorCatalogue.RATE_LIMITED.next}`);
  expect(opened.text()).toContain("Shipped");
  await expect.poll(() => opened.isBusy()).toBe(false);
});

test("not signed in: what to do, and the way into the app", async () => {
  looks = [refused("UNAUTHORIZED")];
  const opened = open({ token: null });
  await shows(opened).toContain("The app does not know who you are.");
  expect(opened.links()).toEqual(["app:app"]);
  expect(opened.buttons()).toEqual(["Try again"]);
});

test("the app is down, or something else answers in its place; Try again asks anew", async () => {
  const down = open({ appUrl: "http://127.0.0.1:9" });
  await shows(down).toContain("The app does not answer.");
  await down.close();
  looks = [{ status: 502, body: { oops: true } }, known({})];
  const opened = open();
  await shows(opened).toContain("The app does not answer.");
  opened.press("Try again");
  await shows(opened).toContain("In the ERP");
});

test("of an erased customer nothing is fetched again; an order that is not saved has no status", async () => {
  looks = [known({ erased: true })];
  const opened = open();
  await shows(opened).toContain("erased on request");
  expect(opened.buttons()).toEqual([]);
  await opened.close();
  expect(open({ gid: "" }).text()).toContain("Save the order first");
});
