import { linesOf, readLine } from "./assemble-records.ts";
import type { BulkShape } from "./bulk-shapes.ts";
import { lineReader, ROUTE_LENGTH, routeLine, TAIL_LENGTH } from "./read-bulk-line.ts";
import { readWholeLines } from "./read-whole-lines.server.ts";

/**
 * The ids of all roots of a bulk file, `size` at a time: whatever the file's size, no more is in memory.
 * @throws SyntaxError or TypeError on a line that is no record of this document
 */
export async function* readRootIds(options: {
  path: string;
  shape: BulkShape;
  size: number;
  signal?: AbortSignal;
}): AsyncGenerator<string[]> {
  const { path, shape, size, signal } = options;
  const read = lineReader(shape);
  let ids: string[] = [];
  for await (const lines of readWholeLines(path, signal))
    for (const line of linesOf(lines)) {
      const tail = line.toString("latin1", Math.max(0, line.length - TAIL_LENGTH));
      const place = routeLine(shape, line.toString("latin1", 0, ROUTE_LENGTH), tail) ?? readLine(line, read);
      if ("parentId" in place) continue;
      ids.push(place.id);
      if (ids.length < size) continue;
      yield ids;
      ids = [];
    }
  if (ids.length > 0) yield ids;
}
