import { afterEach, beforeEach, vi } from "vitest";

/**
 * A test during which anything was written by console.error fails: nothing goes wrong unnoticed. Of tests side by side it is the
 * one that ends last.
 */
let written: unknown[][] = [];
let running = 0;

beforeEach(() => {
  running++;
  if (running > 1) return;
  written = [];
  vi.spyOn(console, "error").mockImplementation((...args: unknown[]) => {
    written.push(args);
  });
});

afterEach(() => {
  running--;
  if (running > 0) return;
  vi.mocked(console.error).mockRestore();
  if (written.length === 0) return;
  const lines = written.map((args) => args.map(String).join(" "));
  throw new Error(`console.error was called:\n${lines.join("\n")}`);
});
