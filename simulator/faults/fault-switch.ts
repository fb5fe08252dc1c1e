import { RecordRandom } from "#simulator/store/random.ts";
import {
  FAULT_KINDS,
  FAULT_TARGETS,
  type Fault,
  type FaultKind,
  type FaultRequest,
  type FaultTarget,
} from "./fault-kinds.ts";

/** The faults that are on. */
export type FaultSwitch = {
  /** @throws Error that says what is wrong with the request. */
  add(request: unknown): Fault;
  list(): Fault[];
  clear(): void;
  /** Whether a fault of this kind strikes now; each time it does counts. */
  strike(kind: FaultKind, place?: FaultPlace): Fault | null;
};

type FaultPlace = { target?: FaultTarget; operations?: readonly string[]; topic?: string };

/** @param seed decides which chances a fault with a `share` takes. */
export function createFaultSwitch(seed = 1): FaultSwitch {
  let faults: Fault[] = [];
  const dice = new Map<number, RecordRandom>();
  let nextId = 1;
  return {
    add(request) {
      const read = readRequest(request);
      const fault: Fault = { ...read, id: nextId++, left: read.count ?? null };
      faults.push(fault);
      dice.set(fault.id, new RecordRandom(seed, STREAM, fault.id));
      return fault;
    },
    list: () => faults.map((fault) => ({ ...fault })),
    clear() {
      faults = [];
      dice.clear();
    },
    strike(kind, place = {}) {
      const fault = faults.find(
        (candidate) =>
          candidate.kind === kind &&
          (place.target === undefined || (candidate.target ?? "graphql") === place.target) &&
          (candidate.operation === undefined || place.operations?.includes(candidate.operation) === true) &&
          (candidate.topic === undefined || candidate.topic === place.topic) &&
          // Thrown last: only a real chance moves the dice on.
          (candidate.share === undefined || dice.get(candidate.id)?.chance(candidate.share) === true),
      );
      if (fault === undefined) return null;
      if (fault.left !== null) {
        fault.left--;
        if (fault.left <= 0) faults = faults.filter((other) => other !== fault);
      }
      return fault;
    },
  };
}

/** Apart from the streams of the store's records. */
const STREAM = 90;

const KEYS: ReadonlySet<string> = new Set<keyof FaultRequest>([
  "kind",
  "count",
  "target",
  "topic",
  "share",
  "operation",
  "delayMs",
  "after",
  "status",
  "afterBytes",
  "errorCode",
  "partialData",
]);

function readRequest(request: unknown): FaultRequest {
  if (typeof request !== "object" || request === null)
    throw new Error("A fault is a JSON object with a `kind`.");
  const given = request as Record<string, unknown>;
  const kind = FAULT_KINDS.find((known) => known === given.kind);
  if (kind === undefined)
    throw new Error(`Unknown fault kind ${JSON.stringify(given.kind)}. Known: ${FAULT_KINDS.join(", ")}.`);
  const target = FAULT_TARGETS.find((known) => known === given.target);
  if (given.target !== undefined && target === undefined)
    throw new Error(`\`target\` must be one of ${FAULT_TARGETS.join(", ")}.`);
  const errorCode = (["ACCESS_DENIED", "INTERNAL_SERVER_ERROR", "TIMEOUT"] as const).find(
    (known) => known === given.errorCode,
  );
  if (given.errorCode !== undefined && errorCode === undefined)
    throw new Error("`errorCode` must be ACCESS_DENIED, INTERNAL_SERVER_ERROR or TIMEOUT.");
  if (given.operation !== undefined && typeof given.operation !== "string")
    throw new Error("`operation` must be the name of a root field.");
  if (given.partialData !== undefined && typeof given.partialData !== "boolean")
    throw new Error("`partialData` must be true or false.");
  if (given.topic !== undefined && (typeof given.topic !== "string" || !given.topic.includes("/")))
    throw new Error("`topic` must be a webhook's, like orders/updated.");
  if (
    given.share !== undefined &&
    (typeof given.share !== "number" || !(given.share >= 0 && given.share <= 1))
  )
    throw new Error("`share` must be a number from 0 to 1.");
  const unknown = Object.keys(given).filter((key) => !KEYS.has(key));
  if (unknown.length > 0) throw new Error(`A fault has no ${unknown.map((key) => `\`${key}\``).join(", ")}.`);
  return {
    kind,
    count: readNumber(given, "count", 1),
    target,
    topic: given.topic,
    share: given.share,
    operation: given.operation,
    delayMs: readNumber(given, "delayMs", 0),
    after: readNumber(given, "after", 1),
    status: readNumber(given, "status", 500),
    afterBytes: readNumber(given, "afterBytes", 0),
    errorCode,
    partialData: given.partialData,
  };
}

function readNumber(given: Record<string, unknown>, key: string, least: number): number | undefined {
  const value = given[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least)
    throw new Error(`\`${key}\` must be a whole number of at least ${String(least)}.`);
  return value;
}
