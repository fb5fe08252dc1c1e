import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { parse, Kind, OperationTypeNode, type OperationDefinitionNode } from "graphql";
import type { FaultSwitch } from "#simulator/faults/fault-switch.ts";
import type { FaultTarget } from "#simulator/faults/fault-kinds.ts";
import { executeGraphQL, throttledBody, type GraphQLRequest } from "#simulator/graphql/execute-graphql.ts";
import type { SimContext } from "#simulator/graphql/sim-context.ts";
import type { ThrottleBucket } from "#simulator/graphql/throttle-bucket.ts";
import type { TokenVault } from "#simulator/oauth/token-vault.ts";
import { readBody, sendJson } from "./http-io.ts";
import type { LateRequests } from "./late-requests.ts";

export type GraphQLRouteShop = {
  vault: TokenVault;
  bucket: ThrottleBucket;
  faults: FaultSwitch;
  late: LateRequests;
  /** The version this simulator speaks. */
  apiVersion: string;
  context(): Omit<SimContext, "warn">;
};

export type GraphQLOutcome = { status: number; operations: string[]; cost: number; errors: string[] };

const NONE = { operations: [], cost: 0, errors: [] };

/**
 * POST /admin/api/{version}/graphql.json: token, faults, then GraphQL. A version Shopify does not
 * serve falls forward to one it does; the header X-Shopify-API-Version tells which.
 */
export async function answerGraphQL(
  req: IncomingMessage,
  res: ServerResponse,
  shop: GraphQLRouteShop,
): Promise<GraphQLOutcome> {
  res.setHeader("X-Shopify-API-Version", shop.apiVersion);
  res.setHeader("X-Request-Id", randomUUID());
  if (req.method !== "POST") {
    sendJson(res, 405, { errors: "Method Not Allowed" });
    return { status: 405, ...NONE };
  }
  const token = req.headers["x-shopify-access-token"];
  const text = await readBody(req);
  const request = readRequest(text, req.headers["content-type"] ?? "");
  const operations = request === null ? [] : rootFieldsOf(request.query);
  if (
    typeof token !== "string" ||
    !shop.vault.isAccepted(token) ||
    shop.faults.strike("token-refused", { operations }) !== null
  ) {
    const errors = "[API] Invalid API key or access token (unrecognized login or wrong password)";
    sendJson(res, 401, { errors });
    return { status: 401, operations, cost: 0, errors: [errors] };
  }
  const broken = await strikeHttpFault(res, shop.faults, "graphql", operations);
  if (broken !== null) return { status: broken, operations, cost: 0, errors: [] };
  if (request === null) {
    sendJson(res, 400, { errors: "Required parameter missing or invalid" });
    return { status: 400, ...NONE };
  }
  if (shop.faults.strike("throttled", { operations }) !== null) {
    sendJson(res, 200, throttledBody(10, shop.bucket));
    return { status: 200, operations, cost: 0, errors: ["Throttled"] };
  }
  const late = isMutation(request.query) ? shop.faults.strike("applied-late", { operations }) : null;
  if (late !== null) {
    shop.late.keep(() => executeGraphQL(request, shop.context(), shop.bucket), late.delayMs);
    res.destroy();
    return { status: 0, operations, cost: 0, errors: ["The connection was cut before it was done"] };
  }
  const answer = await executeGraphQL(request, shop.context(), shop.bucket);
  const isLost = shop.faults.strike("answer-lost", { operations }) !== null;
  if (isLost) res.destroy();
  else sendJson(res, 200, answer.body);
  return {
    status: isLost ? 0 : 200,
    operations,
    cost: answer.cost,
    errors: [
      ...(isLost ? ["The answer was lost"] : []),
      ...(answer.body.errors ?? []).map((one) => one.message),
    ],
  };
}

/** Strikes slow, http-429 and http-5xx. @returns the status if it answered the request, else null. */
export async function strikeHttpFault(
  res: ServerResponse,
  faults: FaultSwitch,
  target: FaultTarget,
  operations: readonly string[] = [],
): Promise<number | null> {
  const place = { target, operations };
  const slow = faults.strike("slow", place);
  if (slow !== null) await wait(slow.delayMs ?? 1000, undefined, { ref: false });
  if (faults.strike("http-429", place) !== null) {
    sendJson(
      res,
      429,
      {
        errors:
          "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.",
      },
      { "Retry-After": "2.0" },
    );
    return 429;
  }
  const down = faults.strike("http-5xx", place);
  if (down === null) return null;
  const status = down.status ?? 503;
  res.writeHead(status, { "Content-Type": "text/html" });
  res.end("<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>");
  return status;
}

/** JSON as all clients send it, or the bare document with `application/graphql`; null = unreadable. */
function readRequest(text: string, contentType: string): GraphQLRequest | null {
  if (contentType.includes("application/graphql")) return { query: text };
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || !("query" in read) || typeof read.query !== "string")
      return null;
    return read as GraphQLRequest;
  } catch {
    return null;
  }
}

function rootFieldsOf(query: string): string[] {
  return operationsOf(query).flatMap(({ selectionSet }) =>
    selectionSet.selections.flatMap((selection) =>
      selection.kind === Kind.FIELD ? [selection.name.value] : [],
    ),
  );
}

function isMutation(query: string): boolean {
  return operationsOf(query).some(({ operation }) => operation === OperationTypeNode.MUTATION);
}

/** None of what cannot be read. */
function operationsOf(query: string): OperationDefinitionNode[] {
  try {
    return parse(query).definitions.filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    );
  } catch {
    return [];
  }
}
