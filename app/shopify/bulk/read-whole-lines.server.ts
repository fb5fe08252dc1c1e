import { createReadStream } from "node:fs";

const READ_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The file at `path` in pieces that each hold whole lines and nothing else, about a megabyte at a time. Almost
 * nothing is copied: only the line that two reads share.
 */
export async function* readWholeLines(path: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  const stream = createReadStream(path, { highWaterMark: READ_BYTES, ...(signal ? { signal } : {}) });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end === -1) {
      rest = Buffer.concat([rest, chunk]);
      continue;
    }
    const first = chunk.indexOf(NEWLINE);
    yield Buffer.concat([rest, chunk.subarray(0, first + 1)]);
    yield chunk.subarray(first + 1, end + 1);
    rest = Buffer.from(chunk.subarray(end + 1));
  }
  yield rest;
}
