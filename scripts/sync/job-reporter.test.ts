import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createJobReporter } from "./job-reporter.ts";

/** What is written to a terminal of 80 columns, or into a pipe. */
function anOutput({ isTTY }: { isTTY: boolean }) {
  const stream = new PassThrough();
  let text = "";
  stream.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  const noop = () => true;
  const output = Object.assign(stream, {
    isTTY,
    columns: 80,
    cursorTo: noop,
    clearLine: noop,
    moveCursor: noop,
  });
  return { output, written: () => text };
}

test("a terminal has a bar that fills, with the figures beside it, and the steps above", async () => {
  const { output, written } = anOutput({ isTTY: true });
  const reporter = createJobReporter(output, "orders");
  reporter.line("Started");
  reporter.figures("500 of 1,000 (50 %) · 250 per second · 2 s left", 50);
  await expect.poll(written).toMatch(/orders: █{12}░{12} 500 of 1,000 \(50 %\) · 250 per second · 2 s left/);
  reporter.figures("1,000 of 1,000 (100 %)", 100);
  await expect.poll(written).toContain(`${"█".repeat(24)} 1,000 of 1,000`);
  reporter.close();
  expect(written()).toContain("orders: Started\n");
});

test("a pipe has plain lines, without a control character whatever a step quotes", () => {
  const { output, written } = anOutput({ isTTY: false });
  const reporter = createJobReporter(output, "orders");
  reporter.line("Started \u001b[31mred");
  reporter.figures("1 of 2", 50);
  reporter.close();
  expect(written()).toBe("orders: Started  [31mred\n");
});
