import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { FaultSwitch } from "#simulator/faults/fault-switch.ts";
import type { AdminSchema } from "#simulator/schema/load-schema.ts";
import type { SimNode, SimStore } from "#simulator/store/types.ts";
import type { BulkApi } from "./bulk-api.ts";
import { checkBulkQuery, findDeniedField, type BulkQuery } from "./check-bulk-query.ts";
import { tryBulkQuery, writeBulkFile, type BulkFileCounts } from "./write-bulk-file.ts";

type Status = "CREATED" | "RUNNING" | "CANCELING" | "CANCELED" | "COMPLETED" | "FAILED" | "EXPIRED";

export type BulkOperation = {
  readonly id: string;
  readonly createdAt: string;
  readonly query: string;
  readonly groupObjects: boolean;
  readonly granted: ReadonlySet<string>;
  status: Status;
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | "TIMEOUT" | null;
  completedAt: string | null;
  counts: BulkFileCounts;
  /** Token of the file's URL, once there is a file to fetch. */
  fileToken: string | null;
  /** The file holds only a part (FAILED). */
  isPartial: boolean;
  /** Why it failed, for whoever debugs the simulator; Shopify does not tell. */
  failure: string | null;
};

export type BulkOperationsOptions = {
  store: SimStore;
  admin: AdminSchema;
  faults: FaultSwitch;
  /** Folder of the files. */
  folder: string;
  /** Base of the file URLs, known once the server listens. */
  publicUrl(): string;
  now(): Date;
  /** Waits between CREATED, RUNNING and the end. */
  startDelayMs: number;
  runDelayMs: number;
  seed: number;
  /** How long a file can be fetched (7 days at Shopify). */
  urlLifetimeMs: number;
  /** Called when an operation has ended, for the finish webhook. */
  onFinish(operation: BulkOperation): void;
};

/** Shopify runs five bulk queries of an app and shop at a time (since 2026-01). */
const SLOTS = 5;

export type BulkOperations = BulkApi & {
  /** The file behind a URL, or why there is none. */
  openFile(idNumber: string, token: string): { path: string } | "expired" | "unknown";
  operations(): readonly BulkOperation[];
  /** Ends everything that runs, without webhooks. */
  close(): Promise<void>;
};

/** The app's bulk operations: slots, lifecycle, files. */
export function createBulkOperations(options: BulkOperationsOptions): BulkOperations {
  const operations: BulkOperation[] = [];
  const runs = new Set<Promise<void>>();
  let closed = false;
  let nextId = options.now().getTime();

  function runQuery({
    query,
    groupObjects,
    granted,
  }: Parameters<BulkApi["runQuery"]>[0]): ReturnType<BulkApi["runQuery"]> {
    const checked = checkBulkQuery(query, options.admin);
    if ("message" in checked)
      return {
        bulkOperation: null,
        userErrors: [{ field: ["query"], message: checked.message, code: "INVALID" }],
      };
    const running = operations.filter(isActive);
    if (running.length >= SLOTS) {
      const message = `A bulk query operation for this app and shop is already in progress: ${running.map((operation) => operation.id).join(", ")}`;
      return { bulkOperation: null, userErrors: [{ field: null, message, code: "OPERATION_IN_PROGRESS" }] };
    }
    tryBulkQuery(checked.query, options.store, granted, options.now());
    const operation: BulkOperation = {
      id: `gid://shopify/BulkOperation/${String(nextId++)}`,
      createdAt: seconds(options.now()),
      query,
      groupObjects,
      granted,
      status: "CREATED",
      errorCode: null,
      completedAt: null,
      counts: { objectCount: 0, rootObjectCount: 0, bytes: 0 },
      fileToken: null,
      isPartial: false,
      failure: null,
    };
    operations.push(operation);
    const run = perform(operation, checked.query).finally(() => runs.delete(run));
    runs.add(run);
    // What the mutation answers is the operation as it was made, whatever happens meanwhile.
    return { bulkOperation: toNode(operation), userErrors: [] };
  }

  async function perform(operation: BulkOperation, query: BulkQuery): Promise<void> {
    await wait(options.startDelayMs, undefined, { ref: false });
    if (isCanceling(operation)) {
      finish(operation, "CANCELED");
      return;
    }
    operation.status = "RUNNING";
    const denied = findDeniedField(query, options.admin, operation.granted);
    if (denied !== null) {
      operation.failure = `the granted scopes do not open ${denied}`;
      fail(operation, "ACCESS_DENIED");
      return;
    }
    const fault = options.faults.strike("bulk-failed");
    try {
      await wait(options.runDelayMs, undefined, { ref: false });
      const path = filePath(operation);
      if (fault === null || fault.partialData === true) {
        const counts = await writeBulkFile(options.store, operation.query, path, {
          groupObjects: operation.groupObjects,
          granted: operation.granted,
          now: options.now(),
          seed: options.seed + operations.length,
          stopAfterLines: fault === null ? undefined : await halfOf(operation, path),
          shouldStop: () => closed || isCanceling(operation),
          onProgress: (counts) => {
            operation.counts = { ...counts };
          },
        });
        operation.counts = { ...counts };
      }
      if (closed) return;
      if (isCanceling(operation)) {
        await rm(path, { force: true });
        finish(operation, "CANCELED");
      } else if (fault !== null) {
        operation.isPartial = true;
        fail(operation, fault.errorCode ?? "INTERNAL_SERVER_ERROR");
      } else {
        finish(operation, "COMPLETED");
      }
    } catch (error) {
      operation.failure = error instanceof Error ? error.message : String(error);
      process.stderr.write(`simulator: ${operation.id} failed: ${operation.failure}\n`);
      fail(operation, "INTERNAL_SERVER_ERROR");
    }
  }

  /** A failing operation has written about half of what it should have. */
  async function halfOf(operation: BulkOperation, path: string): Promise<number> {
    const whole = await writeBulkFile(options.store, operation.query, path, {
      granted: operation.granted,
      now: options.now(),
    });
    return Math.max(1, Math.floor(whole.objectCount / 2));
  }

  function fail(operation: BulkOperation, errorCode: BulkOperation["errorCode"]): void {
    operation.errorCode = errorCode;
    finish(operation, "FAILED");
  }

  function finish(operation: BulkOperation, status: Status): void {
    operation.status = status;
    operation.completedAt = seconds(options.now());
    const hasFile = status === "COMPLETED" || (status === "FAILED" && operation.isPartial);
    if (hasFile && operation.counts.objectCount > 0) operation.fileToken = randomBytes(16).toString("hex");
    if (!closed) options.onFinish(operation);
  }

  function filePath(operation: BulkOperation): string {
    return join(options.folder, `bulk-${idNumber(operation.id)}.jsonl`);
  }

  function isExpired(operation: BulkOperation): boolean {
    return (
      operation.completedAt !== null &&
      options.now().getTime() - Date.parse(operation.completedAt) > options.urlLifetimeMs
    );
  }

  /** The operation as GraphQL tells it: counters are strings. */
  function toNode(operation: BulkOperation): SimNode {
    const expired = isExpired(operation);
    const url =
      operation.fileToken === null || expired
        ? null
        : `${options.publicUrl()}/bulk/${idNumber(operation.id)}/${operation.fileToken}.jsonl`;
    return {
      __typename: "BulkOperation",
      id: operation.id,
      type: "QUERY",
      status: expired && operation.status === "COMPLETED" ? "EXPIRED" : operation.status,
      errorCode: operation.errorCode,
      createdAt: operation.createdAt,
      completedAt: operation.completedAt,
      objectCount: String(operation.counts.objectCount),
      rootObjectCount: String(operation.counts.rootObjectCount),
      fileSize: operation.fileToken === null ? null : String(operation.counts.bytes),
      url: operation.isPartial ? null : url,
      partialDataUrl: operation.isPartial ? url : null,
      query: operation.query,
    };
  }

  return {
    runQuery,
    cancel(id) {
      const operation = operations.find((candidate) => candidate.id === id);
      if (operation === undefined)
        return {
          bulkOperation: null,
          userErrors: [{ field: ["id"], message: "Bulk operation does not exist" }],
        };
      if (operation.status !== "CREATED" && operation.status !== "RUNNING") {
        const message = `A bulk operation cannot be canceled when it is ${operation.status.toLowerCase()}`;
        return { bulkOperation: toNode(operation), userErrors: [{ field: null, message }] };
      }
      operation.status = "CANCELING";
      return { bulkOperation: toNode(operation), userErrors: [] };
    },
    find(id) {
      const operation = operations.find((candidate) => candidate.id === id);
      return operation === undefined ? null : toNode(operation);
    },
    list: () => operations.map(toNode).reverse(),
    operations: () => operations,
    openFile(number, token) {
      const operation = operations.find((candidate) => idNumber(candidate.id) === number);
      if (operation?.fileToken !== token) return "unknown";
      return isExpired(operation) ? "expired" : { path: filePath(operation) };
    },
    async close() {
      closed = true;
      await Promise.allSettled(runs);
    },
  };
}

function isActive(operation: BulkOperation): boolean {
  return operation.completedAt === null;
}

/** A function, because another turn of the loop may have changed the status. */
function isCanceling(operation: BulkOperation): boolean {
  return operation.status === "CANCELING";
}

function idNumber(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}

/** Shopify's times have whole seconds. */
function seconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
