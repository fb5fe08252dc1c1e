import { open, type FileHandle } from "node:fs/promises";
import { setImmediate as letOthersWork } from "node:timers/promises";
import { getArgumentValues } from "graphql";
import { connectionNodeType, type AnyField } from "#simulator/graphql/connection-types.ts";
import { NotSimulatedError } from "#simulator/graphql/not-simulated-error.ts";
import { selectRows, type Rows } from "#simulator/graphql/select-rows.ts";
import { loadSchema } from "#simulator/schema/load-schema.ts";
import type { SimNode, SimStore } from "#simulator/store/types.ts";
import { checkBulkQuery, type BulkQuery } from "./check-bulk-query.ts";
import {
  compileProjection,
  nodeSelections,
  type ChildConnection,
  type TypedProjection,
} from "./compile-projection.ts";

export type BulkFileCounts = {
  /** All lines. */
  objectCount: number;
  /** Lines of the top connection. */
  rootObjectCount: number;
  bytes: number;
};

export type BulkFileOptions = {
  /** true: children directly after their parent. false (Shopify's default): somewhere after it. */
  groupObjects?: boolean;
  /** Scopes that decide about rows (read_all_orders); all orders unless given. */
  granted?: ReadonlySet<string>;
  now?: Date;
  /** Where children of ungrouped files land. */
  seed?: number;
  /** Called now and then with the counts so far. */
  onProgress?(counts: BulkFileCounts): void;
  /** Asked now and then; true stops the file where it is. */
  shouldStop?(): boolean;
  /** Stops after this many lines, as an operation that fails midway does. */
  stopAfterLines?: number;
};

/** Work at most this long before others get their turn. */
const MAX_TURN_MS = 15;
const BUFFER_BYTES = 1024 * 1024;
/** Bytes after which the buffer goes to the file; a long line still fits behind it. */
const FLUSH_BYTES = 256 * 1024;
/** How far behind its parent a child line may fall in an ungrouped file, in lines of its connection. */
const MAX_BACKLOG = 500;

/**
 * Writes the JSONL file of a bulk query: one node a line, children with `__parentId` as their last key.
 * Memory stays bounded whatever the number of rows.
 *
 * @param query the text of a bulk query.
 * @throws Error with Shopify's message when the query breaks a rule.
 * @throws NotSimulatedError when the store lacks something the query asks for.
 */
export async function writeBulkFile(
  store: SimStore,
  query: string,
  path: string,
  options: BulkFileOptions = {},
): Promise<BulkFileCounts> {
  const checked = checkBulkQuery(query, loadSchema());
  if ("message" in checked) throw new Error(checked.message);
  const plan = planBulk(checked.query, store, options);
  const file = await open(path, "w");
  try {
    return await writeLines(plan, file, options);
  } finally {
    await file.close();
  }
}

type BulkPlan = { steps: Generator<undefined, Rows>; node: TypedProjection };

/**
 * Makes the plan of a query and projects the first root record, so that whatever the store lacks is
 * known before the operation starts.
 */
export function tryBulkQuery(
  query: BulkQuery,
  store: SimStore,
  granted: ReadonlySet<string>,
  now: Date,
): void {
  const { node } = planBulk(query, store, { granted, now });
  const collection = store.collection(query.root.name.value);
  if (collection === undefined || collection.count() === 0) return;
  const first = collection.at(0);
  node(first).open(first);
  node(first).eachChild(first, (connection, child) => {
    connection.node(child).open(child);
  });
}

function planBulk(query: BulkQuery, store: SimStore, options: BulkFileOptions): BulkPlan {
  const { schema } = loadSchema();
  const field = schema.getQueryType()?.getFields()[query.root.name.value] as AnyField;
  const nodeType = connectionNodeType(field.type);
  if (nodeType === null)
    throw new NotSimulatedError(`A bulk query that starts with the single object QueryRoot.${field.name}`);
  const source = store.collection(field.name);
  if (source === undefined) throw new NotSimulatedError(`QueryRoot.${field.name}`);
  const now = options.now ?? new Date();
  const granted = options.granted ?? new Set(["read_all_orders"]);
  const node = compileProjection(
    nodeType as Parameters<typeof compileProjection>[0],
    nodeSelections(query.root, query.fragments),
    {
      schema,
      fragments: query.fragments,
      granted,
      now,
    },
  );
  const {
    first: _first,
    last: _last,
    after: _after,
    before: _before,
    ...args
  } = getArgumentValues(field, query.root, {});
  const steps = selectRows({
    source,
    field,
    nodeTypeName: nodeType.name,
    args,
    granted,
    now,
    warn: () => undefined,
  });
  return { steps, node };
}

async function writeLines(
  plan: BulkPlan,
  file: FileHandle,
  options: BulkFileOptions,
): Promise<BulkFileCounts> {
  const counts: BulkFileCounts = { objectCount: 0, rootObjectCount: 0, bytes: 0 };
  const limit = options.stopAfterLines ?? Infinity;
  // Lines go into bytes at once: ropes of many lines would live long enough to cost twice their time in GC.
  let buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  let used = 0;
  let turnStartMs = performance.now();

  function writeLine(text: string): void {
    if (counts.objectCount >= limit) return;
    counts.objectCount++;
    const most = text.length * 3;
    if (used + most > buffer.length) {
      const larger = Buffer.allocUnsafe(buffer.length * 2 + most);
      buffer.copy(larger, 0, 0, used);
      buffer = larger;
    }
    used += buffer.write(text, used);
  }
  async function pause(force: boolean): Promise<void> {
    if (force || used >= FLUSH_BYTES) {
      await writeAll(file, buffer, used);
      counts.bytes += used;
      used = 0;
      options.onProgress?.(counts);
      turnStartMs = performance.now();
    } else if (performance.now() - turnStartMs > MAX_TURN_MS) {
      await letOthersWork();
      turnStartMs = performance.now();
    }
  }
  const isStopped = (): boolean => counts.objectCount >= limit || options.shouldStop?.() === true;

  let step = plan.steps.next();
  while (step.done !== true) {
    if (isStopped()) return counts;
    await pause(false);
    step = plan.steps.next();
  }
  const rows = step.value;
  const children =
    options.groupObjects === true
      ? groupedChildren(writeLine)
      : scatteredChildren(writeLine, options.seed ?? 1);
  for (let position = 0; position < rows.size; position++) {
    if (isStopped()) break;
    const record = rows.nodeAt(position);
    const projection = plan.node(record);
    counts.rootObjectCount++;
    writeLine(`${projection.open(record)}}\n`);
    if (projection.hasChildren) {
      projection.eachChild(record, (connection, child) => {
        children.add(connection, child, record.id);
      });
    }
    children.afterRoot();
    await pause(false);
  }
  if (!isStopped()) children.finish();
  await pause(true);
  return counts;
}

async function writeAll(file: FileHandle, buffer: Buffer, length: number): Promise<void> {
  for (let written = 0; written < length;) {
    const { bytesWritten } = await file.write(buffer, written, length - written);
    written += bytesWritten;
  }
}

type ChildLines = {
  add(connection: ChildConnection, child: SimNode, parentId: string): void;
  /** A root and all its children have been added. */
  afterRoot(): void;
  finish(): void;
};

function childLine(connection: ChildConnection, child: SimNode, parentId: string): string {
  const open = connection.node(child).open(child);
  return `${open}${open.length > 1 ? "," : ""}"__parentId":"${parentId}"}\n`;
}

function groupedChildren(writeLine: (text: string) => void): ChildLines {
  const add: ChildLines["add"] = (connection, child, parentId) => {
    writeLine(childLine(connection, child, parentId));
    connection.node(child).eachChild(child, (inner, grandchild) => {
      add(inner, grandchild, child.id);
    });
  };
  return { add, afterRoot: () => undefined, finish: () => undefined };
}

type Queue = { lines: WaitingLine[]; head: number };
type WaitingLine = { connection: ChildConnection; child: SimNode; parentId: string };

/**
 * Children wait in one queue per connection and come out in uneven bursts: always after their parent,
 * in their connection's order, and rarely beside their parent.
 */
function scatteredChildren(writeLine: (text: string) => void, seed: number): ChildLines {
  const queues = new Map<number, Queue>();
  let state = seed >>> 0 || 1;
  const random = (): number => {
    // xorshift32: the same file for the same seed
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  let targetBacklog = Math.floor(random() * 200);

  const add: ChildLines["add"] = (connection, child, parentId) => {
    const queue = queues.get(connection.place) ?? { lines: [], head: 0 };
    queues.set(connection.place, queue);
    queue.lines.push({ connection, child, parentId });
  };
  const release = (queue: Queue, keep: number): void => {
    while (queue.lines.length - queue.head > keep) {
      const { connection, child, parentId } = queue.lines[queue.head++] as WaitingLine;
      writeLine(childLine(connection, child, parentId));
      const projection = connection.node(child);
      if (projection.hasChildren) {
        projection.eachChild(child, (inner, grandchild) => {
          add(inner, grandchild, child.id);
        });
      }
    }
    if (queue.head > MAX_BACKLOG) {
      queue.lines = queue.lines.slice(queue.head);
      queue.head = 0;
    }
  };
  return {
    add,
    afterRoot() {
      if (random() < 0.02) targetBacklog = Math.floor(random() ** 2 * MAX_BACKLOG);
      if (random() < 0.25)
        for (const queue of [...queues.values()]) release(queue, Math.floor(random() * targetBacklog));
      for (const queue of [...queues.values()]) release(queue, MAX_BACKLOG);
    },
    finish() {
      // Releasing children may add grandchildren to other queues.
      while ([...queues.values()].some((queue) => queue.lines.length > queue.head))
        for (const queue of [...queues.values()]) release(queue, 0);
    },
  };
}
