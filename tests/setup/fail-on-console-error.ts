import { afterEach, beforeEach, vi } from "vitest";

/** A test during which anything was written by console.error fails: nothing goes wrong unnoticed. */
let written: unknown[][] = [];

beforeEach(() => {
  written = [];
  vi.spyOn(console, "error").mockImplementation((...args: unknown[]) => {
    written.push(args);
  });
});

afterEach(() => {
  vi.mocked(console.error).mockRestore();
  if (written.length === 0) return;
  const lines = written.map((args) => args.map(String).join(" "));
  throw new Error(`console.error was called:\n${lines.join("\n")}`);
});
