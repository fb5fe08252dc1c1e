import { expect, test } from "vitest";

import { streamCsv } from "./stream-csv.server.ts";

type Row = { name: string; amount: string; paid: boolean };
const columns = {
  Name: ({ name }: Row) => name,
  Amount: ({ amount }: Row) => amount,
  Paid: ({ paid }: Row) => (paid ? "yes" : "no"),
};

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
  expect(await streamCsv("none", columns, pages()).text()).toBe("Name,Amount,Paid\n");
});

test("an export whose query fails is broken off, not cut short", async () => {
  async function* failing() {
    yield [{ name: "a", amount: "1", paid: true }];
    await Promise.resolve();
    throw new Error("the database is gone");
  }
  await expect(streamCsv("orders", columns, failing()).text()).rejects.toThrow();
});

test("whoever stops reading ends the query", async () => {
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
  const reader = streamCsv("orders", columns, endless()).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await expect.poll(() => ended).toBe(true);
});
