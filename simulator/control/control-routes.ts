import type { IncomingMessage, ServerResponse } from "node:http";
import type { BulkOperations } from "#simulator/bulk/bulk-operations.ts";
import type { FaultSwitch } from "#simulator/faults/fault-switch.ts";
import { readBody, sendJson } from "#simulator/http/http-io.ts";
import type { LoggedRequest } from "#simulator/http/request-log.ts";
import type { LiveControl } from "#simulator/live/live-control.ts";
import { RefusedAct } from "#simulator/live/refused-act.ts";
import type { ScopeGrants } from "#simulator/oauth/scope-grants.ts";
import type { TokenVault } from "#simulator/oauth/token-vault.ts";
import type { SimStore, SimValue } from "#simulator/store/types.ts";
import type { WebhookSender } from "#simulator/webhooks/webhook-sender.ts";
import { answerLive } from "./live-routes.ts";

export type ControlShop = {
  domain: string;
  store: SimStore;
  faults: FaultSwitch;
  webhooks: WebhookSender;
  vault: TokenVault;
  bulk: BulkOperations;
  live: LiveControl;
  scopes: ScopeGrants;
  log: { list(): readonly LoggedRequest[]; clear(): void };
  now(): Date;
};

class BadControlRequest extends Error {}

/** The control API under /control, for whoever drives the simulator (see simulator/README.md). @returns the status. */
export async function answerControl(
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  shop: ControlShop,
): Promise<number> {
  try {
    const answer = await control(`${req.method ?? ""} ${url.pathname}`, req, shop);
    sendJson(
      res,
      answer === undefined ? 404 : 200,
      answer ?? { error: `There is no ${req.method ?? ""} ${url.pathname}.` },
    );
    return answer === undefined ? 404 : 200;
  } catch (error) {
    if (!(error instanceof BadControlRequest || error instanceof RefusedAct)) throw error;
    sendJson(res, 400, { error: error.message });
    return 400;
  }
}

async function control(route: string, req: IncomingMessage, shop: ControlShop): Promise<unknown> {
  switch (route) {
    case "GET /control/summary":
      return { domain: shop.domain, ...shop.store.expectations() };
    case "GET /control/faults":
      return { faults: shop.faults.list() };
    case "POST /control/faults":
      return addFault(await readJson(req), shop);
    case "DELETE /control/faults":
      shop.faults.clear();
      return { faults: [] };
    case "GET /control/requests":
      return { requests: shop.log.list() };
    case "DELETE /control/requests":
      shop.log.clear();
      return { requests: [] };
    case "GET /control/webhooks":
      return {
        appUrl: shop.webhooks.targets.appUrl,
        paths: shop.webhooks.targets.paths,
        deliveries: shop.webhooks.deliveries(),
      };
    case "POST /control/webhooks":
      return setWebhooks(await readJson(req), shop);
    case "GET /control/bulk":
      return {
        operations: shop.bulk
          .operations()
          .map(({ id, status, errorCode, counts, failure }) => ({ id, status, errorCode, counts, failure })),
      };
    case "POST /control/changes":
      return change(await readJson(req), shop);
    case "POST /control/scopes":
      return declareScopes(await readJson(req), shop);
    case "POST /control/revoke-tokens":
      shop.vault.revokeAll();
      return { revoked: true };
    default:
      return answerLive(route, () => readJson(req), shop.live);
  }
}

async function readJson(req: IncomingMessage): Promise<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(await readBody(req));
    if (typeof read === "object" && read !== null && !Array.isArray(read))
      return read as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new BadControlRequest("The body must be a JSON object.");
}

function addFault(body: Record<string, unknown>, shop: ControlShop): unknown {
  try {
    return { fault: shop.faults.add(body) };
  } catch (error) {
    throw new BadControlRequest((error as Error).message);
  }
}

function setWebhooks(body: Record<string, unknown>, shop: ControlShop): unknown {
  const { targets } = shop.webhooks;
  if (body.appUrl !== undefined) {
    if (typeof body.appUrl !== "string" || !/^https?:\/\/[^/]+/.test(body.appUrl))
      throw new BadControlRequest("`appUrl` must be an http(s) address.");
    targets.appUrl = body.appUrl.replace(/\/+$/, "");
  }
  if (body.secret !== undefined) {
    if (typeof body.secret !== "string" || body.secret === "")
      throw new BadControlRequest("`secret` must be text.");
    targets.secret = body.secret;
  }
  if (body.paths !== undefined) {
    const paths = Object.entries(typeof body.paths === "object" && body.paths !== null ? body.paths : {});
    if (paths.length === 0 || paths.some(([, path]) => typeof path !== "string" || !path.startsWith("/"))) {
      throw new BadControlRequest(
        '`paths` must be an object of topic and path, like {"bulk_operations/finish": "/webhooks/bulk"}.',
      );
    }
    targets.paths = { ...targets.paths, ...(Object.fromEntries(paths) as Record<string, string>) };
  }
  return { appUrl: targets.appUrl, paths: targets.paths };
}

function declareScopes({ required, optional }: Record<string, unknown>, { scopes }: ControlShop): unknown {
  const isList = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((scope) => typeof scope === "string");
  if (!isList(required) || !isList(optional))
    throw new BadControlRequest("An app's scopes are {required: [...], optional: [...]}.");
  scopes.declare({ required, optional });
  return scopes.detail();
}

function change(body: Record<string, unknown>, shop: ControlShop): unknown {
  const { id, patch, at } = body;
  if (typeof id !== "string" || typeof patch !== "object" || patch === null)
    throw new BadControlRequest("A change is {id, patch, at?}.");
  const when = typeof at === "string" ? new Date(at) : shop.now();
  if (Number.isNaN(when.getTime())) throw new BadControlRequest("`at` must be an ISO date and time.");
  try {
    shop.store.change(id, patch as Record<string, SimValue>, when);
  } catch (error) {
    throw new BadControlRequest((error as Error).message);
  }
  return { changed: id };
}
