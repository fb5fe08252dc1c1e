/**
 * Every endpoint of the API's own document, tried with good input, bad input, no permission and another shop's data. An
 * endpoint without a case, and a case without an endpoint, fail.
 */
import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { textsOf, zubeida } from "#tests/fixtures/a-person.ts";
import { otherShop, startApi, type Answer, type CallAs, type TestApi } from "./an-api.ts";
import type { CaseRequest, EndpointCase, EndpointCases } from "./endpoint-cases.ts";
import { actionCases } from "./action-cases.ts";
import { cacheCases } from "./cache-cases.ts";
import { erpCases } from "./erp-cases.ts";
import { feedCases } from "./feed-cases.ts";
import { jobCases } from "./job-cases.ts";
import { outboxCases } from "./outbox-cases.ts";
import { orderSyncCases } from "./order-sync-cases.ts";
import { schedulerCases } from "./scheduler-cases.ts";
import { shopCases } from "./shop-cases.ts";
import { writeBackCases } from "./write-back-cases.ts";

const cases: EndpointCases = {
  ...jobCases,
  ...schedulerCases,
  ...shopCases,
  ...cacheCases,
  ...erpCases,
  ...orderSyncCases,
  ...actionCases,
  ...feedCases,
  ...writeBackCases,
  ...outboxCases,
};

let api: TestApi;
let routes: RouteConfig[];
let document: { paths: Record<string, Record<string, { operationId: string }>> };
// The document is OpenAPI around JSON Schema 2020-12: unknown words around the schemas are its own.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });

beforeAll(async () => {
  api = await startApi();
  const { api: app } = (await import("#app/routes/api/api.server.ts")) as { api: OpenAPIHono };
  routes = app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === "route" ? [definition.route] : [],
  );
  const { body } = await api.call({ method: "GET", path: "/api/openapi.json", as: "nobody" });
  document = body as typeof document;
  ajv.addSchema(document, "openapi");
});
afterAll(async () => {
  await api.stop();
});

function routeOf(operationId: string): RouteConfig {
  const route = routes.find((one) => one.operationId === operationId);
  if (!route) throw new Error(`The API has no ${operationId}`);
  return route;
}

/** Who may call it, and who may not although they are known. */
function callers({ may }: EndpointCase): { allowed: CallAs[]; refused: CallAs[] } {
  const scopes = ["read", "sync", "erp"] as const;
  return {
    allowed: may === "staff" ? ["session"] : [may, "session"],
    refused: scopes.filter((scope) => scope !== may),
  };
}

const call = (operationId: string, as: CallAs, request: CaseRequest): Promise<Answer> =>
  api.call({ method: routeOf(operationId).method.toUpperCase(), as, ...request });

async function good(operationId: string): Promise<CaseRequest> {
  const made = cases[operationId]?.good;
  if (!made) throw new Error(`no case for ${operationId}`);
  return typeof made === "function" ? made(api) : made;
}

/** The answer is what the document says: its strict schema reads it. */
function expectDocumented(operationId: string, answer: Answer): void {
  const described = routeOf(operationId).responses[answer.status];
  if (!described || !("content" in described))
    throw new Error(`${String(answer.status)} is not documented: ${answer.text}`);
  const content = described.content?.["application/json"];
  if (!content || !("schema" in content))
    throw new Error(`${String(answer.status)} of ${operationId} is not JSON`);
  const schema = content.schema as z.ZodType;
  expect(schema.safeParse(answer.body)).toMatchObject({ success: true });
  // And so it is by the document itself, which other languages read.
  const isDocumented = documented(operationId, answer.status);
  expect(isDocumented(answer.body), JSON.stringify(isDocumented.errors)).toBe(true);
}

/** What the document says of an answer: its own words can differ from the schemas they are made from. */
function documented(operationId: string, status: number): ValidateFunction {
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId !== operationId) continue;
      const parts = [
        "paths",
        path,
        method,
        "responses",
        String(status),
        "content",
        "application/json",
        "schema",
      ];
      const pointer = parts.map((part) =>
        encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")),
      );
      const validate = ajv.getSchema(`openapi#/${pointer.join("/")}`);
      if (validate) return validate;
    }
  throw new Error(`${operationId}: the document has no answer ${String(status)}`);
}

test("every endpoint has its case, and every case its endpoint", () => {
  const operations = routes.map(({ operationId }) => operationId).toSorted();
  expect(operations).toEqual(Object.keys(cases).toSorted());
});

describe.each(Object.entries(cases))("%s", (operationId, theCase) => {
  test("good input is answered as the document says, to everybody who may", async () => {
    for (const as of callers(theCase).allowed) {
      const answer = await call(operationId, as, await good(operationId));
      expect(answer).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300) as number });
      expectDocumented(operationId, answer);
      await theCase.expectGood?.(answer, api);
    }
  });

  test("nobody else may, and each refusal says why and what to do", async () => {
    const request = await good(operationId);
    const [as = "session"] = callers(theCase).allowed;
    for (const [caller, status, code] of [
      ["nobody", 401, "UNAUTHORIZED"],
      [{ token: "erpsync_guessed" }, 401, "UNAUTHORIZED"],
      [{ token: "a.forged.token" }, 401, "UNAUTHORIZED"],
      ...callers(theCase).refused.map((refused) => [refused, 403, "FORBIDDEN"] as const),
    ] as const) {
      const answer = await call(operationId, caller, request);
      expect(answer, JSON.stringify(caller)).toMatchObject({ status, body: { error: { code } } });
      expectDocumented(operationId, answer);
    }
    // The request itself was good.
    expect((await call(operationId, as, await good(operationId))).status).toBeLessThan(300);
  });

  test.each(theCase.bad)("bad input: $path $body", async ({ status, names, ...request }) => {
    const [as = "session"] = callers(theCase).allowed;
    const answer = await call(operationId, as, request);
    expect(answer).toMatchObject({
      status,
      body: {
        error: {
          message: expect.stringMatching(names) as string,
          next: expect.stringMatching(/\w/) as string,
        },
      },
    });
    expectDocumented(operationId, answer);
  });

  test("no cache on the way keeps the answer", async () => {
    const [as = "session"] = callers(theCase).allowed;
    for (const caller of [as, "nobody"] as const) {
      const { headers } = await call(operationId, caller, await good(operationId));
      expect(headers.get("Cache-Control")).toBe("no-store");
    }
  });

  test("a query name it does not have is refused, not ignored", async () => {
    const [as = "session"] = callers(theCase).allowed;
    const request = await good(operationId);
    const path = `${request.path}${request.path.includes("?") ? "&" : "?"}nonsense=1`;
    expect(await call(operationId, as, { ...request, path })).toMatchObject({
      status: 422,
      body: { error: { code: "VALIDATION", message: expect.stringContaining("nonsense") as string } },
    });
  });

  test("another shop's data is not there", async () => {
    const [as = "session"] = callers(theCase).allowed;
    if (typeof theCase.foreign === "function") {
      const request = await theCase.foreign(api);
      const answer = await call(operationId, as, request);
      expect(answer).toMatchObject({ status: 404, body: { error: {} } });
      expectDocumented(operationId, answer);
      // And it is there for them.
      if (theCase.may !== "staff") {
        const theirs = await call(operationId, "other shop", await theCase.foreign(api));
        expect(theirs, theirs.text).toMatchObject({
          status: expect.toSatisfy((of: number) => of < 300) as number,
        });
      }
      return;
    }
    const { text } = await call(operationId, as, await good(operationId));
    expect(text).not.toContain(otherShop);
    for (const word of textsOf(zubeida)) expect(text).not.toContain(word);
  });
});

test("the audit log names what a call was about by its id, and nothing else that stood in its address", async () => {
  await api.pool.query(`delete from "AuditLog"`);
  const { path } = await good("getJob");
  await api.call({ method: "GET", path, as: "read" });
  for (const typed of ["asha@example.com", "Asha", "%00", "1%00"])
    for (const as of ["read", "sync"] as const)
      for (const kind of ["erp/customers", "shopify/jobs", "shopify/cache/order"])
        await api.call({ method: "GET", path: `/api/${kind}/${typed}`, as });
  await api.call({
    ...{ method: "POST", path: "/api/shopify/webhooks/deliveries/asha@example.com/retry", as: "sync" },
  });
  const { rows } = await api.pool.query<{ target: string | null }>(
    `select target from "AuditLog" order by id`,
  );
  expect(rows.map(({ target }) => target)).toEqual([path.split("/").at(-1), ...Array<null>(25).fill(null)]);
});

test("every call of a known caller is in the shop's audit log, and none in another's", async () => {
  await api.pool.query(`delete from "AuditLog"`);
  await api.call({ method: "GET", path: "/api/shopify/jobs?limit=1", as: "read" });
  await api.call({ method: "GET", path: "/api/shopify/jobs?limit=0", as: "read" });
  await api.call({ method: "GET", path: "/api/shopify/jobs", as: "sync" });
  await api.call({ method: "GET", path: "/api/shopify/jobs", as: "nobody" });
  await api.pool.query(`alter table "SyncJobLog" rename to "Away"`);
  await api.call({
    method: "GET",
    path: "/api/shopify/jobs/01995c2c-0000-7000-8000-000000000000/log",
    as: "read",
  });
  await api.pool.query(`alter table "Away" rename to "SyncJobLog"`);
  const { rows } = await api.pool.query<{ shop: string; action: string; actor: string; status: number }>(
    `select shop, action, actor, (details->>'status')::int as status from "AuditLog" order by id`,
  );
  expect(rows.map(({ status }) => status)).toEqual([200, 422, 403, 500]);
  expect(new Set(rows.map(({ shop, action }) => `${shop} ${action}`))).toEqual(
    new Set([`${api.shop} api.listJobs`, `${api.shop} api.listJobLog`]),
  );
  for (const { actor } of rows) expect(actor).toMatch(/^key [0-9a-f-]{36}$/);
});
