import { expect, test } from "vitest";

import { streamCsv } from "./stream-csv.server.ts";

type Row = { name: string; amount: string; paid: boolean };
const columns = {
  Name: ({ name }: Row) => name,
  Amount: ({ amount }: Row) => amount,
  Paid: ({ paid }: Row) => (paid ? "yes" : "no"),
};

const told: string[] = [];
const log = {
  error: (_fields: unknown, message?: string) => {
    told.push(message ?? "");
  },
};
const reader = { log, signal: new AbortController().signal };

async function* pages(...list: Row[][]) {
  await Promise.resolve();
  yield* list;
}

test("rows become lines, quoted where they must be, and no cell is a formula", async () => {
  const answer = streamCsv(
    "orders",
    columns,
    pages(
      [{ name: 'Asha "A" Rao, Pune', amount: "290.00", paid: true }],
      [{ name: '=HYPERLINK("http://x")', amount: "-10.50", paid: false }],
    ),
    reader,
  );
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="orders.csv"');
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe(
    'Name,Amount,Paid\n"Asha ""A"" Rao, Pune",290.00,yes\n"\'=HYPERLINK(""http://x"")",-10.50,no\n',
  );
});

test("a list without rows is its heading", async () => {
  expect(await streamCsv("none", columns, pages(), reader).text()).toBe("Name,Amount,Paid\n");
});

test("an export whose query fails is broken off, not cut short, and the log says so", async () => {
  async function* failing() {
    yield [{ name: "a", amount: "1", paid: true }];
    await Promise.resolve();
    throw new Error("the database is gone");
  }
  await expect(streamCsv("orders", columns, failing(), reader).text()).rejects.toThrow();
  expect(told).toEqual(["an export broke off"]);
});

test.each(["cancels the answer", "closes the connection"])("whoever %s ends the query", async (how) => {
  told.length = 0;
  const gone = new AbortController();
  let ended = false;
  async function* endless() {
    try {
      for (;;) {
        await Promise.resolve();
        yield [{ name: "a".repeat(10_000), amount: "1", paid: true }];
      }
    } finally {
      ended = true;
    }
  }
  const answer = streamCsv("orders", columns, endless(), { log, signal: gone.signal });
  const body = answer.body?.getReader();
  await body?.read();
  if (how === "cancels the answer") await body?.cancel();
  else gone.abort();
  await expect.poll(() => ended).toBe(true);
  expect(told).toEqual([]);
});
