/**
 * A bulk file may have any size, and a child may stand anywhere in it: so it is first cut into partitions by root
 * id, each small enough for memory, without parsing (about 8 µs an order). Every line of a record lands in the same
 * partition, wherever it stood.
 */
import { mkdir, open, readFile, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { AppError } from "#app/lib/errors.ts";
import { connectionOf, linesOf, readLine, withChildren } from "./assemble-records.ts";
import type { BulkShape } from "./bulk-shapes.ts";
import {
  lineReader,
  ROUTE_LENGTH,
  routeLine,
  TAIL_LENGTH,
  type ChildLine,
  type LineReader,
  type RootLine,
} from "./read-bulk-line.ts";
import { readWholeLines } from "./read-whole-lines.server.ts";

export type Partition = {
  /** Names it among all partitions of the cut. */
  number: number;
  /** Of a file of at most a few dozen megabytes. */
  path: string;
  /** Root lines in it. */
  roots: number;
};

export type Partitioned = {
  /** Those that hold anything. */
  partitions: Partition[];
  /** Names this cut of this file: where it is the same, the same records stand in the same order in the same partitions. */
  cut: string;
  /** Lines and root lines read, to be counted against Shopify's objectCount and rootObjectCount (law 9). */
  lines: number;
  roots: number;
};

/** 16 MB of text each: with two in work at a time the memory stays the same for any dump. */
const PARTITION_BYTES = 16 * 1024 * 1024;
const WRITE_BYTES = 256 * 1024;
/** To be raised when an id goes to another partition, or the records of a partition stand in another order, than before. */
const CUT_VERSION = 1;

/**
 * Cuts the file at `path` into partitions under `workDir` (made if missing; the caller removes it).
 * @throws AppError BULK_INCOMPLETE naming the first line that cannot be read (a download cut in the middle).
 */
export async function partitionBulkFile(options: {
  path: string;
  workDir: string;
  shape: BulkShape;
  signal?: AbortSignal;
}): Promise<Partitioned> {
  const { path, workDir, shape, signal } = options;
  await mkdir(workDir, { recursive: true });
  const { size } = await stat(path);
  const count = Math.max(1, Math.ceil(size / PARTITION_BYTES));
  const byRoot = new PartitionFiles(workDir, "part", count);
  // Children that have children of their own, and those grandchildren, first meet by the child's id.
  const byChild =
    shape.parentsOfGrandchildren.length > 0 ? new PartitionFiles(workDir, "child", count) : null;
  const read = lineReader(shape);
  let lines = 0;
  let roots = 0;
  let checksum = 0;

  const route = (line: Buffer) => {
    lines++;
    const tail = line.toString("latin1", Math.max(0, line.length - TAIL_LENGTH));
    const place =
      routeLine(shape, line.toString("latin1", 0, ROUTE_LENGTH), tail) ?? readLineOrFail(line, read, lines);
    if (!("parentId" in place)) {
      roots++;
      byRoot.add(place.id, line, true);
    } else if (byChild && shape.parentsOfGrandchildren.includes(place.typename))
      byChild.add(ownId(line), line);
    else if (byChild && shape.parentsOfGrandchildren.includes(place.parentType))
      byChild.add(place.parentId, line);
    else byRoot.add(place.parentId, line);
  };

  for await (const whole of readWholeLines(path, signal)) {
    checksum = crc32(whole, checksum);
    for (const line of linesOf(whole)) route(line);
    await byRoot.flushFull();
    await byChild?.flushFull();
  }
  if (byChild) await joinGrandchildren(await byChild.close(), { byRoot, shape, read, signal });
  const cut = `${String(CUT_VERSION)}: ${checksum.toString(16)} in ${String(count)}`;
  return { partitions: await byRoot.close(), cut, lines, roots };
}

function readLineOrFail(line: Buffer, read: LineReader, number: number): RootLine | ChildLine {
  try {
    return readLine(line, read);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      "BULK_INCOMPLETE",
      `Line ${String(number)} of the file from Shopify cannot be read: ${reason}`,
      { cause },
    );
  }
}

const OWN_ID = /^\{"__typename":"[A-Za-z0-9]+","id":"((?:[^"\\]|\\.)*)"/;

/** The digits that identify a child among its kind. */
function ownId(line: Buffer): string {
  const head = OWN_ID.exec(line.toString("utf8", 0, Math.min(line.length, 200)))?.[1];
  const gid =
    head !== undefined && !head.includes("\\")
      ? head
      : String((JSON.parse(line.toString("utf8")) as { id?: unknown }).id);
  return gid.slice(gid.lastIndexOf("/") + 1);
}

const PARENT_KEY = Buffer.from(',"__parentId":"');

/** Each child takes its children in and goes on to the partition of its root. */
async function joinGrandchildren(
  files: readonly Partition[],
  {
    byRoot,
    shape,
    read,
    signal,
  }: { byRoot: PartitionFiles; shape: BulkShape; read: LineReader; signal: AbortSignal | undefined },
): Promise<void> {
  for (const { path } of files) {
    signal?.throwIfAborted();
    const buffer = await readFile(path);
    const children: { line: Buffer; parentId: string; id: string }[] = [];
    const grandchildren = new Map<string, { connection: string; line: Buffer }[]>();
    for (const line of linesOf(buffer)) {
      const place = readLine(line, read) as ChildLine;
      if (shape.parentsOfGrandchildren.includes(place.typename))
        children.push({ line, parentId: place.parentId, id: ownId(line) });
      else {
        const list = grandchildren.get(place.parentId) ?? [];
        list.push({ connection: connectionOf(shape, place.typename), line });
        grandchildren.set(place.parentId, list);
      }
    }
    for (const { line, parentId, id } of children) {
      const cut = line.lastIndexOf(PARENT_KEY);
      const inner = withChildren(
        Buffer.concat([line.subarray(0, cut), Buffer.from("}")]),
        grandchildren.get(id) ?? [],
      );
      byRoot.add(parentId, Buffer.concat([Buffer.concat(inner).subarray(0, -1), line.subarray(cut)]));
    }
    const found = new Set(children.map(({ id }) => id));
    const lost = [...grandchildren.keys()].filter((id) => !found.has(id));
    if (lost.length > 0)
      throw new AppError(
        "BULK_INCOMPLETE",
        `The file from Shopify holds lines whose parent is not in it: those of ${lost.slice(0, 10).join(", ")}`,
      );
    await byRoot.flushFull();
  }
}

/** The open files of one cut, with small write buffers: an id always goes to the same one. */
class PartitionFiles {
  readonly #dir: string;
  readonly #name: string;
  readonly #parts: { chunks: Buffer[]; bytes: number; handle: FileHandle | null; roots: number }[];

  constructor(dir: string, name: string, count: number) {
    this.#dir = dir;
    this.#name = name;
    this.#parts = Array.from({ length: count }, () => ({ chunks: [], bytes: 0, handle: null, roots: 0 }));
  }

  add(id: string, line: Buffer, isRoot = false): void {
    // Ids grow in steps, so their digits are mixed before they choose a partition.
    const number = Number(id.slice(-9));
    const mixed = Math.imul(Number.isNaN(number) ? id.length : number, 0x9e3779b1) >>> 8;
    const part = this.#parts[mixed % this.#parts.length];
    if (!part) throw new RangeError("no such partition");
    part.chunks.push(line, END_OF_LINE);
    part.bytes += line.length + 1;
    if (isRoot) part.roots++;
  }

  /** Writes the parts that have gathered enough for one write. */
  async flushFull(): Promise<void> {
    for (let i = 0; i < this.#parts.length; i++)
      if ((this.#parts[i]?.bytes ?? 0) >= WRITE_BYTES) await this.#flush(i);
  }

  async #flush(index: number): Promise<void> {
    const part = this.#parts[index];
    if (!part || part.bytes === 0) return;
    part.handle ??= await open(this.#path(index), "w");
    await part.handle.writeFile(Buffer.concat(part.chunks)); // goes on where the last write ended
    part.chunks = [];
    part.bytes = 0;
  }

  /** Writes what is left and closes. Returns those that hold anything. */
  async close(): Promise<Partition[]> {
    const partitions: Partition[] = [];
    for (const [number, part] of this.#parts.entries()) {
      await this.#flush(number);
      if (!part.handle) continue;
      await part.handle.close();
      partitions.push({ number, path: this.#path(number), roots: part.roots });
    }
    return partitions;
  }

  #path(index: number): string {
    return join(this.#dir, `${this.#name}-${String(index)}.jsonl`);
  }
}

const END_OF_LINE = Buffer.from("\n");
