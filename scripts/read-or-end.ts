/** What `parseArgs` found wrong: its first sentence says it, the others are about Node. */
export function whatIsWrong(error: unknown): string {
  const [what = ""] = (error instanceof Error ? error.message : String(error)).split(/(?<=\.) |\n/);
  return what;
}

/**
 * What a command was asked for. With `--help` it prints the usage and ends with 0; what `read` does not understand is said, with the
 * usage before it, and ends with 2.
 */
export function readOrEnd<Asked>(usage: string, read: () => Asked): Asked {
  if (process.argv.slice(2).some((arg) => arg === "--help" || arg === "-h")) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return read();
  } catch (error) {
    return endUnderstanding(usage, whatIsWrong(error));
  }
}

/** Last, so that a long usage does not push it off the screen. */
export function endUnderstanding(usage: string, words: string): never {
  process.stderr.write(`${usage}\n\n${words}\n`);
  process.exit(2);
}

/** Ends a command that could not begin, with 1: the words of the error are for people, and its stack is not. */
export function endInWords(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
