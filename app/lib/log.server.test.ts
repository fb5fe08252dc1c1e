import { expect, test } from "vitest";
import { createLog } from "./log.server.ts";

function capture() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { lines, log: createLog("info", { write }) };
}

test("a line tells level, time, message and fields", () => {
  const { lines, log } = capture();
  log.child({ shop: "a.myshopify.com" }).warn({ orders: 3 }, "slow");
  expect(lines).toEqual([
    { level: "warn", time: expect.any(String) as string, shop: "a.myshopify.com", orders: 3, msg: "slow" },
  ]);
});

test("secrets do not get into fields, children, messages or errors", () => {
  const { lines, log } = capture();
  log
    .child({ accessToken: "shpat_1" })
    .info({ customer: { email: "a@example.com" } }, "for a@example.com with shpat_2");
  log.error(new Error("refused shpat_3"));
  const text = JSON.stringify(lines);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatchObject({ level: "error", err: { message: "refused shpat_[redacted]" } });
  expect(text).not.toMatch(/shpat_\d|example\.com/);
});
