import { printable } from "./job-reporter.ts";

/** What is wrong and what to do about it, on standard error. */
export function sayError(words: string, next: string): void {
  const lines = [...words.split("\n"), `What to do: ${next}`];
  process.stderr.write(lines.map((line) => `${printable(line)}\n`).join(""));
}
