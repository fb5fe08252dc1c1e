import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { HTTPException } from "hono/http-exception";
import { methodNotAllowed } from "hono/method-not-allowed";
import { getContext } from "#app/context.server.ts";
import { AppError, errorCatalogue, type ErrorCode } from "#app/lib/errors.ts";
import { isDatabaseDown } from "#app/lib/is-database-down.ts";

import { answerError } from "../answer-error.server.ts";
import type { ApiEnv } from "./access.server.ts";
import { apiKeysApi } from "./api-keys-api.server.ts";
import { cacheApi } from "./cache-api.server.ts";
import { deliveriesApi } from "./deliveries-api.server.ts";
import { erpApis } from "./erp-apis.server.ts";
import { feedApi } from "./feed-api.server.ts";
import { jobsApi } from "./jobs-api.server.ts";
import { orderSyncApi } from "./order-sync-api.server.ts";
import { ordersOnDemandApi } from "./orders-on-demand-api.server.ts";
import { outboxApi } from "./outbox-api.server.ts";
import { privacyApi } from "./privacy-api.server.ts";
import { proofApi } from "./proof-api.server.ts";
import { retryApi } from "./retry-api.server.ts";
import { schedulerApi } from "./scheduler-api.server.ts";
import { syncApi } from "./sync-api.server.ts";
import { webhooksApi } from "./webhooks-api.server.ts";
import { writeBackApi } from "./write-back-api.server.ts";

const BODY_BYTES = 64 * 1024;

/** The HTTP API, all of it below `/api`: each endpoint's schemas check what comes, type what goes, and make its document. */
export const api = new OpenAPIHono<ApiEnv>({
  defaultHook: (result) => {
    if (result.success) return;
    const issue = result.error.issues[0];
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : undefined;
    const field = [...(issue?.path ?? []), unknown].filter((part) => part !== undefined).join(".");
    const words = unknown === undefined ? (issue?.message ?? "not valid") : "there is no such field";
    throw new AppError("VALIDATION", `${field || result.target}: ${words}`);
  },
}).basePath("/api");

// What the block on Shopify's order page asks (extensions/order-sync-status): it runs on a host of Shopify's. Any origin may, as
// with the library's own `cors()`: only a token opens these, and a browser adds none by itself.
for (const path of ["/orders/:id/sync-status", "/shopify/orders/fetch"])
  api.use(
    path,
    cors({
      ...{ origin: "*", allowMethods: ["GET", "POST"], allowHeaders: ["Authorization", "Content-Type"] },
      maxAge: 7200,
    }),
  );
api.use(bodyLimit({ maxSize: BODY_BYTES, onError: () => refuse("TOO_LARGE") }));
api.use(
  methodNotAllowed({
    app: api,
    onMethodNotAllowed: (_c, methods) => {
      const answer = refuse("METHOD_NOT_ALLOWED");
      answer.headers.set("Allow", methods.join(", "));
      return answer;
    },
  }),
);
const parts = [
  ...[syncApi, jobsApi, schedulerApi, ordersOnDemandApi, proofApi, cacheApi, retryApi, webhooksApi],
  ...[deliveriesApi, privacyApi, apiKeysApi, orderSyncApi, outboxApi],
  ...erpApis,
  feedApi,
  writeBackApi,
];
for (const part of parts) api.route("/", part);

api.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
  ...{ type: "http", scheme: "bearer" },
  description: "A key made in the app's settings or on the command line, with the scopes read, sync or erp.",
});
api.openAPIRegistry.registerComponent("securitySchemes", "session", {
  ...{ type: "http", scheme: "bearer", bearerFormat: "JWT" },
  description: "The session token that App Bridge gives the app's pages. It may do everything.",
});

/** The API's own description, generated from the schemas that check its requests. */
export function openApiDocument() {
  return api.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "ERP Sync for Shopify",
      version: "1.0.0",
      description:
        "Errors are { error: { code, message, next } }. Lists are paged: send `next` as `after`. POSTs that start work take an Idempotency-Key.",
    },
  });
}
api.get("/openapi.json", (c) => c.json(openApiDocument()));

api.notFound(() => refuse("NOT_FOUND"));
api.onError((error) => {
  if (error instanceof AppError) return answerError(error);
  if (error instanceof HTTPException) return refuseAs(error);
  const code = isDatabaseDown(error) ? "DATABASE_DOWN" : "INTERNAL";
  getContext().log.error({ err: error, code }, "a call of the API failed unexpectedly");
  return refuse(code);
});

/** What the library refuses before a handler is asked. */
function refuseAs(error: HTTPException): Response {
  if (error.res) return error.getResponse();
  return refuse(error.status === 415 || error.status === 400 ? "NOT_JSON" : "INTERNAL");
}

function refuse(code: ErrorCode): Response {
  return answerError(new AppError(code, errorCatalogue[code].words));
}
