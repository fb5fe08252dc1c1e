import type { ServerResponse } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  about,
  closeOpened,
  failing,
  headersOf,
  numbersOf,
  openApp,
  openSender,
  several,
  sign,
} from "#simulator/fixtures/test-sender.ts";
import { startWebhookReceiver } from "#simulator/fixtures/webhook-receiver.ts";
import type { SimNode } from "#simulator/store/types.ts";

afterEach(closeOpened);

describe("a delivery", () => {
  test("bears Shopify's headers and a signature over the bytes it sends", async () => {
    const app = await openApp();
    const sender = openSender(app.url, { names: { "products/delete": "products-main" } });
    sender.tell([about(7)]);
    await sender.idle();
    expect(app.received).toMatchObject([
      {
        path: "/products",
        body: '{"id":7}',
        headers: {
          "content-type": "application/json",
          "x-shopify-topic": "products/delete",
          "x-shopify-hmac-sha256": sign('{"id":7}'),
          "x-shopify-shop-domain": "kurta.myshopify.com",
          "x-shopify-api-version": "2026-10",
          "x-shopify-name": "products-main",
          "x-shopify-triggered-at": "2026-11-22T10:00:00.123000000Z",
        },
      },
    ]);
    for (const name of ["webhook-id", "event-id"])
      expect(headersOf(app, `x-shopify-${name}`)[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("of the newer family has headers without x, topic and action apart", async () => {
    const app = await openApp();
    const sender = openSender(app.url, { headerFamily: "events" });
    sender.tell([about(7)]);
    await sender.idle();
    expect(app.received[0]?.headers).toMatchObject({
      "shopify-topic": "products",
      "shopify-action": "delete",
      "shopify-hmac-sha256": sign('{"id":7}'),
      "shopify-shop-domain": "kurta.myshopify.com",
      "shopify-webhook-id": expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
    });
    expect(Object.keys(app.received[0]?.headers ?? {}).filter((name) => name.startsWith("x-"))).toEqual([]);
  });

  test("of one act shares the event id, not its own id nor its instant", async () => {
    const app = await openApp();
    const sender = openSender(app.url);
    sender.tell([about(1), about(2, "locations/delete")]);
    sender.tell([about(3)]);
    await sender.idle();
    expect(app.received.map(({ path }) => path).sort()).toEqual(["/products", "/products", "/stock"]);
    expect(new Set(headersOf(app, "x-shopify-webhook-id")).size).toBe(3);
    expect(new Set(headersOf(app, "x-shopify-event-id")).size).toBe(2);
    expect(new Set(headersOf(app, "x-shopify-triggered-at")).size).toBe(3);
  });

  test("is made only for a topic with an address, and for an app with one", async () => {
    const app = await openApp();
    const sender = openSender(app.url);
    sender.tell([about(1, "customers/delete"), about(2)]);
    await sender.idle();
    expect(numbersOf(app)).toEqual([2]);
    expect(sender.stats()).toMatchObject({ told: 1, delivered: 1 });
    const nobody = openSender(null);
    nobody.tell([about(1)]);
    await nobody.idle();
    expect(nobody.stats().told).toBe(0);
  });

  test("of an act of which one body cannot be made is an error; nothing of it is sent", async () => {
    const app = await openApp();
    const sender = openSender(app.url);
    sender.targets.paths["themes/create"] = "/themes";
    expect(() => {
      sender.tell([about(1), about(2, "themes/create")]);
    }).toThrow("themes/create");
    await sender.idle();
    expect(app.received).toEqual([]);
  });
});

describe("a failed delivery", () => {
  test("comes again with the same ids and the bytes of its first time", async () => {
    const app = await openApp(failing(500, 302, 404));
    const sender = openSender(app.url);
    const subject: SimNode & { id: string } = { __typename: "Product", id: "gid://shopify/Product/7" };
    sender.tell([{ topic: "products/delete", subject }]);
    subject.id = "gid://shopify/Product/8";
    await sender.idle();
    expect(numbersOf(app)).toEqual([7, 7, 7, 7]);
    for (const name of ["webhook-id", "event-id", "triggered-at", "hmac-sha256"])
      expect(new Set(headersOf(app, `x-shopify-${name}`)).size).toBe(1);
    expect(sender.deliveries().map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 302],
      [3, 404],
      [4, 200],
    ]);
    expect(sender.stats()).toMatchObject({ told: 1, delivered: 1, retried: 3, givenUp: 0 });
  });

  test("is given up after eight retries", async () => {
    const app = await openApp((res) => res.writeHead(503).end());
    const sender = openSender(app.url);
    sender.tell([about(1)]);
    await sender.idle();
    expect(app.received).toHaveLength(9);
    expect(sender.stats()).toMatchObject({ delivered: 0, retried: 8, givenUp: 1 });
  });

  test.each([
    ["no answer", (res: ServerResponse, number: number) => number > 0 && res.end()],
    [
      "an answer that does not end",
      (res: ServerResponse, number: number) => {
        if (number > 0) res.end();
        else res.writeHead(200, { "Content-Length": 10 }).write("half");
      },
    ],
  ])("is one with %s in time", async (_, answer) => {
    const app = await openApp(answer);
    const sender = openSender(app.url, { timeoutMs: 60 });
    sender.tell([about(1)]);
    await sender.idle();
    expect(sender.deliveries().map(({ error }) => error)).toEqual(["No answer within 60 ms", null]);
    expect(sender.stats()).toMatchObject({ delivered: 1, retried: 1 });
  });

  test("is one whose connection does not stand in time", async () => {
    // Speaks no TLS: the handshake never ends.
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const sender = openSender(`https://127.0.0.1:${String(port)}`, {
      connectTimeoutMs: 30,
      retryWaitsMs: [],
    });
    sender.tell([about(1)]);
    await sender.idle();
    silent.close();
    expect(sender.deliveries()).toMatchObject([{ status: null, error: "No connection within 30 ms" }]);
    expect(sender.stats().givenUp).toBe(1);
  });

  test("is one to where nobody listens", async () => {
    const gone = await startWebhookReceiver();
    gone.close();
    const sender = openSender(gone.url, { retryWaitsMs: [1] });
    sender.tell([about(1)]);
    await sender.idle();
    expect(sender.deliveries().map(({ error }) => error?.includes("ECONNREFUSED"))).toEqual([true, true]);
  });
});

describe("the queue", () => {
  test("never has more under way than it may, and keeps its connections", async () => {
    const waiting: ServerResponse[] = [];
    const app = await openApp((res) => waiting.push(res));
    const sender = openSender(app.url, { concurrency: 4 });
    sender.tell(several(30));
    await vi.waitFor(() => {
      expect(sender.stats()).toMatchObject({ told: 30, inFlight: 4, queued: 26 });
    });
    while (sender.stats().delivered < 30) {
      await vi.waitFor(() => {
        expect(waiting.length).toBe(Math.min(4, 30 - sender.stats().delivered));
      });
      const before = sender.stats().delivered;
      const answered = waiting.splice(0);
      for (const res of answered) res.end();
      await vi.waitFor(() => {
        expect(sender.stats().delivered).toBe(before + answered.length);
      });
    }
    expect(app.mostAtOnce()).toBe(4);
    expect(app.connections()).toBe(4);
  });

  test("is in the order of what happened", async () => {
    const app = await openApp();
    const sender = openSender(app.url, { concurrency: 1 });
    for (const one of several(2_500)) sender.tell([one]);
    await sender.idle();
    expect(numbersOf(app)).toEqual(several(2_500).map((_, n) => n + 1));
    expect(sender.deliveries()).toHaveLength(2_000);
    expect(sender.stats()).toMatchObject({ delivered: 2_500, inFlight: 0, queued: 0, waiting: 0 });
  });

  test("does not stand still for one that waits for its retry", async () => {
    const app = await openApp(failing(500));
    const sender = openSender(app.url, { concurrency: 1, retryWaitsMs: [50] });
    sender.tell(several(3));
    await sender.idle();
    expect(numbersOf(app)).toEqual([1, 2, 3, 1]);
  });

  test("does not take its own being busy for a late answer", async () => {
    const app = await openApp();
    const sender = openSender(app.url, { timeoutMs: 300, connectTimeoutMs: 100 });
    const beBusy = (ms: number): void => {
      const until = Date.now() + ms;
      while (Date.now() < until);
    };
    sender.tell(several(5));
    beBusy(400);
    sender.tell(several(5));
    await sender.idle();
    expect(sender.stats()).toMatchObject({ delivered: 10, retried: 0 });
  });

  test("is idle when there is nothing, and only when the last retry is through", async () => {
    const app = await openApp(failing(500));
    const sender = openSender(app.url, { retryWaitsMs: [30] });
    await sender.idle();
    sender.tell([about(1)]);
    await Promise.all([sender.idle(), sender.idle()]);
    expect(app.received).toHaveLength(2);
  });

  test("ends with what is under way, queued and waiting", async () => {
    const app = await openApp((res, number) => number === 0 && res.writeHead(500).end());
    const sender = openSender(app.url, { concurrency: 1, retryWaitsMs: [60_000] });
    sender.tell(several(5));
    await vi.waitFor(() => {
      expect(app.received).toHaveLength(2);
    });
    const idle = sender.idle();
    await sender.close();
    await idle;
    expect(sender.stats()).toMatchObject({ inFlight: 0, queued: 0, waiting: 0, delivered: 0 });
    sender.tell([about(9)]);
    expect(sender.stats().told).toBe(5);
  });
});

describe("a raw delivery", () => {
  test("is any body, signed, told at once and once", async () => {
    const app = await openApp((res) => res.writeHead(500).end());
    const sender = openSender(app.url, { on: [{ kind: "webhook-lost" }] });
    const told = await sender.sendRaw({ topic: "products/delete", body: "{not json" });
    expect(told).toMatchObject({ topic: "products/delete", attempt: 1, status: 500 });
    expect(app.received).toMatchObject([{ path: "/products", body: "{not json" }]);
    expect(headersOf(app, "x-shopify-hmac-sha256")).toEqual([sign("{not json")]);
    expect(sender.stats()).toMatchObject({ told: 0, retried: 0, givenUp: 0 });
  });

  test("can lack a header or bear another", async () => {
    const app = await openApp();
    const sender = openSender(app.url);
    await sender.sendRaw({
      topic: "products/delete",
      body: Buffer.of(0xff, 0x00),
      headers: { "x-shopify-hmac-sha256": null, "X-SHOPIFY-WEBHOOK-ID": "seen-before" },
    });
    expect(headersOf(app, "x-shopify-hmac-sha256")).toEqual([undefined]);
    expect(headersOf(app, "x-shopify-webhook-id")).toEqual(["seen-before"]);
  });

  test("needs an address", async () => {
    const sender = openSender("http://127.0.0.1:9");
    await expect(sender.sendRaw({ topic: "themes/create", body: "" })).rejects.toThrow("themes/create");
  });
});
