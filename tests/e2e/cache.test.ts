import path from "node:path";

import type { Browser, Frame } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";

import { ingestPayloads } from "#app/cache/ingest.server.ts";
import { launchBrowser } from "#tests/setup/browser.ts";
import { startSyncedStack } from "#tests/setup/synced-stack.ts";
import type { TestStack } from "#tests/setup/start-stack.ts";

import { findBarriers } from "./find-barriers.ts";
import { DESKTOP, openAdmin, PHONE, type OpenAdmin } from "./open-admin.ts";

let stack: TestStack;
let browser: Browser;
let admin: OpenAdmin;

beforeAll(async () => {
  const dataFile = path.resolve(import.meta.dirname, "../fixtures/unknown-sku-store.json");
  stack = await startSyncedStack({
    dataFile,
    only: ["products", "customers", "orders"],
  });
  browser = await launchBrowser();
  admin = await openAdmin(browser, stack, { path: "/app/cache/order" });
});

afterAll(async () => {
  await browser.close();
  await stack.stop();
});

function frameOf({ page }: OpenAdmin): Frame {
  const frame = page.frame({ name: "app-iframe" });
  if (!frame) throw new Error("the Admin shows no app");
  return frame;
}

/** Another page of the app, as a link in it leads there. */
async function visit(open: OpenAdmin, to: string) {
  await frameOf(open).evaluate((address) => {
    const kept = ["shop", "host", "embedded", "locale"];
    const here = new URLSearchParams(location.search);
    const url = new URL(address, location.href);
    for (const name of kept) url.searchParams.set(name, here.get(name) ?? "");
    location.href = url.href;
  }, to);
}

async function act(what: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${stack.simulatorUrl}/control/acts`, {
    method: "POST",
    body: JSON.stringify(what),
  });
  expect(await answer.text()).not.toContain('"error"');
}

async function idOf(number: string): Promise<string> {
  const { rows } = await stack.database.pool.query<{ id: string }>(
    `select id from "ShopifyOrderCache" where shop = $1 and "orderNumber" = $2`,
    [stack.domain, number],
  );
  return rows[0]?.id ?? "";
}

const action = ({ page }: OpenAdmin, label: string) => page.locator("#actions button", { hasText: label });
const toast = ({ page }: OpenAdmin, words: string) => page.locator(".toast", { hasText: words });

test("Home's link to what failed shows the entry, why, and the next step, which leads to the workbench", async () => {
  const { app } = admin;
  await visit(admin, "/app/cache/order?status=failed&code=SKU_NOT_FOUND");
  await app.getByText("SKU not found: NOT-THERE").waitFor();
  expect(await app.getByRole("link", { name: "#1", exact: true }).count()).toBe(0);
  expect(await app.getByRole("navigation", { name: "Kinds of records" }).innerText()).toContain("1 failed");

  await app.getByRole("link", { name: "#2", exact: true }).click();
  await app.getByRole("heading", { name: "Order #2" }).waitFor();
  await app.getByText("SKU_NOT_FOUND · 1 try · next").waitFor();
  await app.getByRole("link", { name: "Map the SKU" }).click();
  await frameOf(admin).waitForURL(/\/app\/catalogue\/workbench/);
});

test("retried, it is tried again and fails anew", async () => {
  await visit(admin, `/app/cache/order/${await idOf("#2")}`);
  await admin.app.getByRole("button", { name: "Retry now" }).click();
  await toast(admin, "Trying the entry again").waitFor();
  await admin.app.getByText("SKU not found: NOT-THERE").waitFor({ timeout: 15_000 });

  await visit(admin, "/app/cache/order?status=failed");
  await action(admin, "Retry all failed (1)").click();
  await toast(admin, "Trying the entry again").waitFor();
});

test("the payload is searched by names and values, and the path of what is found is shown", async () => {
  const { app } = admin;
  await visit(admin, `/app/cache/order/${await idOf("#1")}`);
  await action(admin, "Fetch again from Shopify").waitFor();
  await app.getByLabel("Search the payload").fill("CSH-WHT-S");
  await app.getByText(/^1 of [1-9]/).waitFor();
  expect(await app.locator("[data-path]").innerText()).toMatch(/lineItems.*\[0\].*\.sku$/);
  await app.getByRole("treeitem", { selected: true, name: '"CSH-WHT-S"' }).waitFor();
  await app.getByRole("button", { name: "Copy path" }).click();
  await toast(admin, "Path copied").waitFor();
  await app.getByLabel("Search the payload").fill("no such thing");
  await app.getByText("Not found", { exact: true }).waitFor();
});

test("an order that was edited twice has two versions, and the difference names what changed", async () => {
  const { app } = admin;
  const id = await idOf("#1");
  const order = `gid://shopify/Order/${id}`;
  const { rows } = await stack.database.pool.query<{ variant: string }>(
    `select "shopifyVariantId" as variant from "Sku" where shop = $1`,
    [stack.domain],
  );
  const add = [
    {
      variant: `gid://shopify/ProductVariant/${rows[0]?.variant ?? ""}`,
      quantity: 1,
    },
  ];
  const told = async () =>
    (
      await stack.database.pool.query(
        `select from "WebhookDelivery" where topic = 'orders/updated' and outcome = 'stored' and "processedAt" is not null`,
      )
    ).rowCount ?? 0;
  await act({ act: "editOrder", order, add });
  await expect.poll(told, { timeout: 20_000 }).toBeGreaterThan(0);
  const first = await told();
  await act({ act: "editOrder", order, add });
  await expect.poll(told, { timeout: 20_000 }).toBeGreaterThan(first);

  await visit(admin, `/app/cache/order/${id}`);
  await app.getByRole("heading", { name: "What Shopify said before" }).waitFor();
  const differences = app.getByRole("list", { name: "Differences" });
  // Where the worker has asked for the order since, of that shape too there may be two.
  const shapes = app.getByLabel("Worded as");
  const namesLine = async () => {
    if ((await shapes.count()) > 0) await shapes.selectOption("rest");
    return differences.getByText(/^line_items\[id \d+\]$/).count();
  };
  await expect.poll(namesLine, { timeout: 20_000, interval: 500 }).toBeGreaterThan(0);
  expect(await differences.innerText()).toMatch(/Changed total_price\nwas "\d+\.00"\nis "\d+\.00"/);
});

test("news the ERP did not follow is told with what stands against it", async () => {
  const order = `gid://shopify/Order/${await idOf("#1")}`;
  await act({ act: "fulfilOrder", order });
  await act({
    act: "returnOrder",
    order,
    step: "create",
    lines: [{ line: 0, quantity: 1 }],
  });
  await expect
    .poll(
      async () => {
        await visit(admin, `/app/cache/order/${await idOf("#1")}`);
        await admin.app
          .getByRole("heading", {
            name: "What Shopify says and the ERP did not follow",
          })
          .waitFor();
        return admin.app.getByText(/Not followed because: .*physical receipt only/).count();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(1);
});

test("the list is saved as a file, without payloads", async () => {
  await visit(admin, "/app/cache/order?status=failed");
  await admin.app.getByRole("link", { name: "#2", exact: true }).waitFor();
  const [download] = await Promise.all([
    admin.page.waitForEvent("download"),
    action(admin, "Export CSV").click(),
  ]);
  expect(download.suggestedFilename()).toBe("cache-order.csv");
  const text = await new Response(
    (await download.createReadStream()) as unknown as ReadableStream<Uint8Array>,
  ).text();
  expect(text).toContain("SKU not found: NOT-THERE");
  expect(text).not.toContain("asha@example.com");
});

test("a large payload, and one that is no text, are shown as they came", async () => {
  const { app } = admin;
  const lines = Array.from({ length: 9_000 }, (_, i) => ({
    ...{
      id: `90071992547${String(i + 100_000)}`,
      sku: `SKU-${String(i)}.`,
      note: "x".repeat(80),
    },
  }));
  const raw = JSON.stringify({ lines }).replaceAll(/"(90071992547\d+)"/g, "$1");
  const record = {
    shape: "rest",
    shopifyUpdatedAt: null,
    triggeredAt: null,
  } as const;
  await ingestPayloads(stack.database.pool, {
    ...{
      shop: stack.domain,
      kind: "order",
      source: "webhook",
      now: new Date(),
    },
    payloads: [
      { ...record, id: "990001", raw },
      { ...record, id: "990002", raw: Buffer.from([0x7b, 0x00, 0xff, 0x41]) },
    ],
  });
  await visit(admin, "/app/cache/order/990001");
  await app.getByRole("treeitem", { name: /1 field/ }).waitFor();
  await app.getByLabel("Search the payload").fill("sku-8765.");
  await app.getByText("1 of 1", { exact: true }).waitFor();
  expect(await app.locator("[data-path]").innerText()).toBe("lines[8765].sku");
  await app.getByText("90071992547108765").waitFor();
  expect(await app.getByRole("treeitem").count()).toBeLessThan(400);
  await visit(admin, "/app/cache/order/990002");
  await app.getByText("7b 00 ff 41").waitFor();
  await app.getByRole("link", { name: "Mend it in Shopify" }).waitFor();
});

test("a product is fetched again, and leads to its ERP record; its payload is kept by nobody", async () => {
  const { rows } = await stack.database.pool.query<{ id: string }>(
    `select id from "ShopifyProductCache" where shop = $1`,
    [stack.domain],
  );
  await visit(admin, "/app/cache/product");
  await admin.app.getByRole("link", { name: "Classic Cotton Shirt" }).click();
  await action(admin, "Fetch again from Shopify").click();
  await toast(admin, "Fetched from Shopify").waitFor();
  await admin.app.getByText("Single query (GraphQL)").first().waitFor();
  const [asked] = await Promise.all([
    admin.page.waitForRequest(/payload\?shape=\w+&hash=[\w-]+$/),
    admin.app.getByRole("button", { name: /^Show: Bulk operation/ }).click(),
  ]);
  expect(new URL(asked.url()).pathname).toBe(`/app/cache/product/${rows[0]?.id ?? ""}/payload`);
  expect((await (await asked.response())?.allHeaders())?.["cache-control"]).toBe("no-store");
  await admin.app.getByRole("link", { name: "Open Product Classic Cotton Shirt" }).click();
  await frameOf(admin).waitForURL(/\/app\/catalogue\/[\w-]+/);
});

test.each([DESKTOP, PHONE])("an entry with differences keeps nobody out at %o", async (viewport) => {
  const open = await openAdmin(browser, stack, { path: `/app/cache/order/${await idOf("#1")}`, viewport });
  await open.app.getByRole("list", { name: "Differences" }).waitFor();
  expect(await findBarriers(open.page)).toEqual([]);
  expect(open.problems).toEqual([]);
});

test("the browser had nothing to complain about", () => {
  expect(admin.problems).toEqual([]);
});

test.each(["/app/cache/order/12345", "/app/cache/order/no-id", "/app/cache/unicorn"])(
  "%s is not there, and says so in words",
  async (address) => {
    const open = await openAdmin(browser, stack, { path: address });
    await open.app.getByText(/The cache holds no order|There is no such cache/).waitFor();
    await open.app.getByRole("link", { name: "Open Home" }).waitFor();
  },
);
