/**
 * Puts the lines of one partition together: each root with its children, as ONE JSON text in which a connection is
 * an array. Bytes are joined, never parsed: decoding is for later. Children are put in an order of their own
 * (by their bytes, which begin with the id), so that the same record always has the same bytes, however Shopify
 * scattered its lines.
 */
import type { Arena } from "#app/lib/arena.ts";
import type { BulkShape } from "./bulk-shapes.ts";
import { HEAD_LENGTH, TAIL_LENGTH, type LineReader, type RootLine } from "./read-bulk-line.ts";

export type AssembledRecord = Omit<RootLine, "type"> & { raw: Buffer };

type Pending = {
  root: (RootLine & { line: Buffer }) | null;
  children: { connection: string; line: Buffer }[];
};

const NEWLINE = 0x0a;

/** The lines of a buffer, without their newlines; empty lines are left out. */
export function* linesOf(buffer: Buffer): Generator<Buffer> {
  let start = 0;
  while (start < buffer.length) {
    let end = buffer.indexOf(NEWLINE, start);
    if (end === -1) end = buffer.length;
    const last = end > start && buffer[end - 1] === 0x0d ? end - 1 : end;
    if (last > start) yield buffer.subarray(start, last);
    start = end + 1;
  }
}

/** Reads where a line belongs. */
export function readLine(line: Buffer, read: LineReader): ReturnType<LineReader> {
  const head = line.toString("utf8", 0, Math.min(HEAD_LENGTH, line.length));
  const tail =
    line.length <= HEAD_LENGTH ? head.slice(-TAIL_LENGTH) : line.toString("utf8", line.length - TAIL_LENGTH);
  return read(head, tail, () => line.toString("utf8"));
}

/**
 * The records of a partition, in the order their ids first appear. The whole partition is in memory, its records
 * are composed one at a time, each in the arena: it is valid until the caller resets that. `orphans` counts children whose root is not there.
 */
export function assembleRecords(
  buffer: Buffer,
  shape: BulkShape,
  read: LineReader,
  arena: Arena,
): { records: Iterable<AssembledRecord>; orphans: number } {
  const byRoot = new Map<string, Pending>();
  const at = (id: string): Pending => {
    let pending = byRoot.get(id);
    if (!pending) byRoot.set(id, (pending = { root: null, children: [] }));
    return pending;
  };
  for (const line of linesOf(buffer)) {
    const place = readLine(line, read);
    if (place.type === "root") at(place.id).root = { ...place, line };
    else at(place.parentId).children.push({ connection: connectionOf(shape, place.typename), line });
  }
  let orphans = 0;
  for (const { root, children } of byRoot.values()) if (!root) orphans += children.length;
  return { records: compose(byRoot, arena), orphans };
}

/** A child type this version does not know keeps its records under a name made from the type. */
export function connectionOf(shape: BulkShape, typename: string): string {
  return shape.connections[typename] ?? `${typename.charAt(0).toLowerCase()}${typename.slice(1)}s`;
}

function* compose(byRoot: Map<string, Pending>, arena: Arena): Generator<AssembledRecord> {
  for (const { root, children } of byRoot.values()) {
    if (!root) continue;
    const { id, updatedAt, header, line } = root;
    const parts = withChildren(line, children);
    const raw = arena.take(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) at += part.copy(raw, at);
    yield { id, updatedAt, header, raw };
  }
}

/** `{…}` and its children → the pieces of `{…,"lineItems":[{…},{…}],"shippingLines":[{…}]}`. */
export function withChildren(
  line: Buffer,
  children: readonly { connection: string; line: Buffer }[],
): readonly Buffer[] {
  if (children.length === 0) return [line];
  const connections = new Map<string, Buffer[]>();
  for (const child of children) {
    const list = connections.get(child.connection);
    if (list) list.push(child.line);
    else connections.set(child.connection, [child.line]);
  }
  const parts: Buffer[] = [line.subarray(0, line.lastIndexOf("}"))];
  for (const [connection, lines] of [...connections].sort(([a], [b]) => (a < b ? -1 : 1))) {
    parts.push(Buffer.from(`,"${connection}":[`));
    lines.sort((a, b) => a.compare(b));
    let last: Buffer | undefined;
    for (const one of lines) {
      if (last?.equals(one)) continue; // a line that came twice is one child
      if (last) parts.push(COMMA);
      parts.push(one);
      last = one;
    }
    parts.push(CLOSING);
  }
  parts.push(BRACE);
  return parts;
}

const COMMA = Buffer.from(",");
const CLOSING = Buffer.from("]");
const BRACE = Buffer.from("}");
