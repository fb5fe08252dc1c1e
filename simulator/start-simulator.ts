import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminRoutes } from "./admin/admin-routes.ts";
import type { AdminSim, SimRoute } from "./admin/types.ts";
import { createBulkOperations } from "./bulk/bulk-operations.ts";
import { serveBulkFile } from "./bulk/serve-bulk-file.ts";
import { answerControl } from "./control/control-routes.ts";
import { createFaultSwitch, type FaultSwitch } from "./faults/fault-switch.ts";
import { createMutationDesk } from "./graphql/mutations/mutation-desk.ts";
import { createThrottleBucket } from "./graphql/throttle-bucket.ts";
import { answerGraphQL, strikeHttpFault } from "./http/graphql-route.ts";
import { sendJson } from "./http/http-io.ts";
import { LateRequests } from "./http/late-requests.ts";
import { createRequestLog, type LoggedRequest } from "./http/request-log.ts";
import { createLiveControl, type ActAnswer } from "./live/live-control.ts";
import type { Act } from "./live/perform-act.ts";
import { answerTokenRequest } from "./oauth/oauth-routes.ts";
import { createScopeGrants } from "./oauth/scope-grants.ts";
import { issueSessionToken } from "./oauth/session-token.ts";
import { createTokenVault } from "./oauth/token-vault.ts";
import { loadSchema } from "./schema/load-schema.ts";
import { SCHEMA_SOURCE } from "./schema/schema-file.ts";
import { DEVELOPMENT_APP, DEFAULT_SCOPES } from "./simulator-defaults.ts";
import { createStore } from "./store/create-store.ts";
import { onPlus } from "./store/on-plus.ts";
import type { SimStore } from "./store/types.ts";
import type { Happening } from "./webhooks/happening.ts";
import type { HeaderFamily } from "./webhooks/webhook-headers.ts";
import { createWebhookSender, type WebhookSender } from "./webhooks/webhook-sender.ts";

export type SimulatorOptions = {
  /** 0 (the default) = a free port. */
  port?: number;
  /** The seeded store: how many orders (default 200) and which seed (default 1). */
  orders?: number;
  seed?: number;
  /** A JSON file to load the store from, or to add to it (see simulator/store). */
  dataFile?: string;
  /** A store of one's own instead, for tests. */
  store?: SimStore & { domain: string };
  apiKey?: string;
  apiSecret?: string;
  /** What the merchant granted to the app. */
  scopes?: readonly string[];
  /** An access token that always works (`shpat_…`), for an app with a fixed token. */
  staticToken?: string;
  /** Where webhooks go: the app's address and a path by topic. */
  appUrl?: string;
  webhookPaths?: Readonly<Record<string, string>>;
  /** The bucket: size and points per second (2,000 and 100, a standard plan). */
  bucketSize?: number;
  restoreRate?: number;
  /** How long a bulk operation stays CREATED, and then at least RUNNING (50 ms and 100 ms). */
  bulkStartDelayMs?: number;
  bulkRunDelayMs?: number;
  /** How long a bulk file can be fetched (7 days). */
  bulkUrlLifetimeMs?: number;
  /** The shop is on Shopify Plus (the seeded one is on Grow): a manual payment may be a part of what is owed. */
  shopifyPlus?: boolean;
  /** How long a mutation's Job (orderCancel) waits until it is done (50 ms). */
  jobDelayMs?: number;
  /** Waits between the tries of a webhook; Shopify's eight span four hours. */
  webhookRetryWaitsMs?: readonly number[];
  /** How many webhooks are delivered at once (20). */
  webhookConcurrency?: number;
  /** Their headers: `x-shopify-…` (webhooks, the default) or `shopify-…` (events). */
  webhookHeaderFamily?: HeaderFamily;
  /** The clock; bucket, tokens and bulk times follow it. */
  now?: () => Date;
  /** A shop that lives: so many acts of buyers and merchants a second, from the start (see simulator/live). */
  live?: number;
  /** Is handed what Shopify tells of every act, in order, besides delivering it. */
  tell?: (happenings: readonly Happening[]) => void;
};

export type Simulator = {
  /** Like `http://127.0.0.1:41234`. */
  url: string;
  port: number;
  /** The shop, like `sim-s1-n200.myshopify.com`. */
  domain: string;
  apiKey: string;
  apiSecret: string;
  store: SimStore;
  /** The same switch as /control/faults. */
  faults: FaultSwitch;
  /** Tells the app what happens in the store. */
  webhooks: WebhookSender;
  /** What was asked so far, oldest first. */
  requests(): readonly LoggedRequest[];
  /** Makes a session token, as App Bridge would. */
  issueSessionToken(): string;
  /** Lets a merchant or a buyer do something, as POST /control/acts does. @throws RefusedAct in Shopify's words. */
  act(act: Act): ActAnswer;
  /** Starts a seeded stream of acts; a second call changes its pace. */
  live(perSecond: number, seed?: number): void;
  stopLive(): void;
  /** Resolves when the jobs that mutations have left to be done are done. */
  jobsEnded(): Promise<void>;
  /** Lets happen what the fault `applied-late` keeps. @returns how many mutations */
  applyLate(): Promise<number>;
  close(): Promise<void>;
};

/** Half a second of Shopify's four hours. */
const RETRY_WAITS_MS = [10, 20, 40, 60, 80, 100, 150, 200];
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Starts a stand-in for Shopify on 127.0.0.1: one shop, one app, everything in memory. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const now = options.now ?? (() => new Date());
  const seed = options.seed ?? 1;
  const opened =
    options.store ?? createStore({ orders: options.orders ?? 200, seed, dataFile: options.dataFile });
  const store = options.shopifyPlus === true ? { ...opened, shop: onPlus(opened.shop) } : opened;
  const { domain } = store;
  const apiKey = options.apiKey ?? DEVELOPMENT_APP.apiKey;
  const apiSecret = options.apiSecret ?? DEVELOPMENT_APP.apiSecret;
  const scopes = createScopeGrants(options.scopes ?? DEFAULT_SCOPES, (previous, current) => {
    const subject = {
      ...store.shop,
      updatedAt: now()
        .toISOString()
        .replace(/\.\d+Z$/, "Z"),
    };
    webhooks.tell([{ topic: "app/scopes_update", subject, also: { previous, current } }]);
  });
  const admin = loadSchema();
  const faults = createFaultSwitch(seed);
  const late = new LateRequests();
  const log = createRequestLog();
  const bucket = createThrottleBucket(options.bucketSize ?? 2000, options.restoreRate ?? 100, () =>
    now().getTime(),
  );
  const vault = createTokenVault({
    domain,
    secret: apiSecret,
    staticToken: options.staticToken ?? null,
    now,
  });
  const folder = await mkdtemp(join(tmpdir(), "simulated-shop-"));
  let url = "";

  const webhooks = createWebhookSender({
    domain,
    apiVersion: SCHEMA_SOURCE.version,
    targets: {
      appUrl: options.appUrl?.replace(/\/+$/, "") ?? null,
      paths: { ...options.webhookPaths },
      secret: apiSecret,
    },
    faults,
    retryWaitsMs: options.webhookRetryWaitsMs ?? RETRY_WAITS_MS,
    concurrency: options.webhookConcurrency,
    headerFamily: options.webhookHeaderFamily,
    now,
  });
  const bulk = createBulkOperations({
    store,
    admin,
    faults,
    folder,
    publicUrl: () => url,
    now,
    startDelayMs: options.bulkStartDelayMs ?? 50,
    runDelayMs: options.bulkRunDelayMs ?? 100,
    seed,
    urlLifetimeMs: options.bulkUrlLifetimeMs ?? WEEK_MS,
    onFinish(operation) {
      const { id, status, errorCode, createdAt, completedAt } = operation;
      const subject = { __typename: "BulkOperation", id, status, errorCode, createdAt, completedAt };
      webhooks.tell([{ topic: "bulk_operations/finish", subject }]);
    },
  });
  const tell = (happenings: readonly Happening[]): void => {
    webhooks.tell(happenings);
    options.tell?.(happenings);
  };
  const live = createLiveControl(store, now, tell);
  const desk = live.shop && createMutationDesk(live.shop, faults, tell, options.jobDelayMs ?? 50);
  if (options.live !== undefined) live.stream.start(options.live, seed);
  const sessionToken = (): string => issueSessionToken({ domain, apiKey, apiSecret }, now());
  const adminSim: AdminSim = {
    domain,
    shopName: typeof store.shop.name === "string" ? store.shop.name : domain,
    apiKey,
    apiSecret,
    appUrl: () => webhooks.targets.appUrl,
    scopes,
    issueSessionToken: sessionToken,
  };
  const routes: readonly SimRoute[] = [
    (req, res, at) => serveBulkFile(req, res, at, bulk, faults),
    adminRoutes(adminSim),
  ];

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const at = new URL(req.url ?? "/", url);
    if (at.pathname.startsWith("/control/")) {
      await answerControl(req, res, at, {
        ...{ domain, store, faults, webhooks, vault, bulk, live, log, now, scopes },
      });
      return;
    }
    const entry: LoggedRequest = {
      at: now().toISOString(),
      method: req.method ?? "",
      path: at.pathname,
      status: 0,
      operations: [],
      cost: 0,
      errors: [],
    };
    log.add(entry);
    res.once("close", () => {
      entry.status = res.statusCode;
    });
    const host = req.headers["x-simulated-host"];
    if (host !== undefined && host !== domain) {
      sendJson(res, 404, { errors: "Not Found" });
    } else if (/^\/admin\/api\/[^/]+\/graphql\.json$/.test(at.pathname)) {
      const context = () => ({ store, admin, granted: scopes.granted, now: now(), bulk, desk, apiKey });
      Object.assign(
        entry,
        await answerGraphQL(req, res, {
          ...{ vault, bucket, faults, late, apiVersion: SCHEMA_SOURCE.version, context },
        }),
      );
    } else if (at.pathname === "/admin/oauth/access_token" && req.method === "POST") {
      if ((await strikeHttpFault(res, faults, "oauth")) === null) {
        const shop = { domain, apiKey, apiSecret, scopes: scopes.granted, vault, now };
        await answerTokenRequest(req, res, shop, faults);
      }
    } else if (at.pathname.startsWith("/bulk/") && (await strikeHttpFault(res, faults, "file")) !== null) {
      return;
    } else {
      for (const route of routes) if (await route(req, res, at)) return;
      sendJson(res, 404, { errors: "Not Found" });
    }
  }

  const server = createServer((req, res) => {
    answer(req, res).catch((error: unknown) => {
      process.stderr.write(
        `simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      if (!res.headersSent) sendJson(res, 500, { errors: "The simulator failed; see its output." });
      else res.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${String(port)}`;

  return {
    url,
    port,
    domain,
    apiKey,
    apiSecret,
    store,
    faults,
    webhooks,
    requests: () => log.list(),
    issueSessionToken: sessionToken,
    act: (act) => live.act(act),
    live(perSecond, withSeed = seed) {
      live.stream.start(perSecond, withSeed);
    },
    stopLive() {
      live.stream.stop();
    },
    applyLate: () => late.apply(),
    async jobsEnded() {
      await desk?.jobs.ended();
    },
    async close() {
      live.stream.stop();
      desk?.jobs.close();
      await webhooks.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await bulk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
