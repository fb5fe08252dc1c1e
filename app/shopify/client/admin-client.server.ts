import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "#app/lib/log.server.ts";
import { AppError } from "#app/lib/errors.ts";
import { untilAborted } from "#app/lib/until-aborted.ts";
import { delayAbort } from "./delay-abort.ts";
import { createDocumentCosts } from "./document-costs.ts";
import { judgeAnswer, type GraphqlAnswer, type GraphqlExtensions } from "./graphql-answer.ts";
import { refusalOf } from "./http-refusals.ts";
import { createLocalPacer } from "./local-pacer.server.ts";
import type { Pacer, Reservation, Spent } from "./pacer.ts";
import { backoffMs, throttleWaitMs } from "./throttle.ts";

/** Why a request waits: shown as a step of the job, never a failure by itself. */
export type Wait = { reason: "rate-limited" | "unreachable"; waitMs: number; text: string };

export type AdminClientOptions = {
  /** `name.myshopify.com`. */
  shop: string;
  /** e.g. `2026-10`. */
  apiVersion: string;
  /** The shop's token; called anew with the refused one after a 401, to get another or to throw TOKEN_REFUSED. */
  getAccessToken: (refused?: string) => Promise<string>;
  fetch?: typeof globalThis.fetch;
  log: Log;
  /** Lets requests go; without one they are paced by this client's own last answer. */
  pacer?: Pacer;
  /** Ends every wait and request; what it was aborted with is thrown. */
  signal?: AbortSignal;
  onWait?: (wait: Wait) => void;
  /** Something a person should know though nothing failed: Shopify served another API version. */
  onNotice?: (text: string) => void;
  /** How often one request is tried on faults (5xx, network) before SHOPIFY_UNREACHABLE. A page asks for fewer. */
  maxTries?: number;
  /** How long one request may wait for the rate limit; jobs wait as long as it takes. */
  patienceMs?: number;
  /** How long the answer to a mutation under way may still come once `signal` has aborted. */
  lastAnswerMs?: number;
};

type RequestOptions = { repeatable?: boolean; beforeLeaving?: (() => Promise<void>) | undefined };

export type AdminClient = {
  readonly shop: string;
  /**
   * Runs one GraphQL document. `repeatable: false` for a mutation that must not run twice: a fault whose
   * outcome nobody knows is then thrown at once, and the end of `signal` lets its answer still come for `lastAnswerMs`.
   * `beforeLeaving` is awaited each time right before the request leaves, all waits being over; what it throws is
   * thrown, and nothing leaves then.
   * Throws AppError SHOPIFY_UNREACHABLE, SHOPIFY_REFUSED, SCOPE_MISSING, TOKEN_REFUSED or RATE_LIMITED.
   */
  graphql<Data>(
    document: string,
    variables?: Record<string, unknown>,
    options?: RequestOptions,
  ): Promise<{ data: Data; extensions: GraphqlExtensions }>;
};

const REQUEST_TIMEOUT_MS = 60_000;
/** A mutation under way may still say what it has begun. Well within a pause's two seconds. */
const LAST_ANSWER_MS = 500;

/** Of every client of this process: a document costs the same in each shop. The guess is for its first time. */
const documentCosts = createDocumentCosts(50);

type Reply =
  | { kind: "answer"; answer: GraphqlAnswer }
  | { kind: "unauthorized" }
  | { kind: "busy"; retryAfterSeconds: number | undefined }
  | { kind: "fault"; why: string; retryAfterSeconds?: number | undefined };

/** The Admin API of one shop, paced by the cost Shopify reports and patient with its faults. */
export function createAdminClient(options: AdminClientOptions): AdminClient {
  const { shop, apiVersion, log, signal, maxTries = 8, patienceMs = Infinity } = options;
  const { lastAnswerMs = LAST_ANSWER_MS } = options;
  const pacer = options.pacer ?? createLocalPacer();
  const url = `https://${shop}/admin/api/${apiVersion}/graphql.json`;
  let versionReported = false;

  async function send(token: string, body: string, repeatable: boolean): Promise<Reply> {
    const end = signal && !repeatable ? delayAbort(signal, lastAnswerMs) : signal;
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    try {
      // The global is looked up per call: a stand-in may have been put there after this module was read.
      const response = await (options.fetch ?? globalThis.fetch)(url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-Shopify-Access-Token": token,
        },
        body,
        signal: end ? AbortSignal.any([end, timeout]) : timeout,
      });
      const text = await response.text();
      const retryAfterSeconds = readRetryAfter(response);
      if (response.status === 401) return { kind: "unauthorized" };
      if (response.status === 429) return { kind: "busy", retryAfterSeconds };
      if (!response.ok) {
        const refusal = refusalOf(response.status);
        if (refusal) throw refusal;
        return { kind: "fault", why: `HTTP ${String(response.status)}`, retryAfterSeconds };
      }
      reportVersion(response.headers.get("X-Shopify-API-Version"));
      return { kind: "answer", answer: JSON.parse(text) as GraphqlAnswer };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AppError) throw error;
      return { kind: "fault", why: describeFault(error) };
    }
  }

  /** Sends under a reservation and settles it, however the request ends. */
  async function sendReserved(
    {
      token,
      body,
      repeatable,
      beforeLeaving,
    }: {
      token: string;
      body: string;
      repeatable: boolean;
      beforeLeaving: (() => Promise<void>) | undefined;
    },
    reservation: Reservation,
  ): Promise<Reply> {
    let spent: Spent = { kind: "nothing" };
    try {
      await beforeLeaving?.();
      spent = { kind: "unknown" };
      const reply = await send(token, body, repeatable);
      spent = spentBy(reply);
      return reply;
    } finally {
      await pacer.settle(reservation, spent);
    }
  }

  /** Shopify serves the oldest supported version instead of one it no longer has, and says so only here. */
  function reportVersion(served: string | null) {
    if (served === null || served === apiVersion || versionReported) return;
    versionReported = true;
    log.warn({ shop, asked: apiVersion, served }, "Shopify served another API version");
    options.onNotice?.(
      `Shopify served API version ${served} instead of ${apiVersion}: the app needs an update.`,
    );
  }

  async function pause(wait: Wait) {
    log.info({ shop, waitMs: wait.waitMs, reason: wait.reason }, wait.text);
    options.onWait?.(wait);
    await sleep(wait.waitMs, undefined, { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  }

  return {
    shop,
    async graphql<Data>(
      document: string,
      variables: Record<string, unknown> = {},
      { repeatable = true, beforeLeaving }: RequestOptions = {},
    ) {
      const body = JSON.stringify({ query: document, variables });
      let faults = 0;
      let limited = 0;
      let waitedMs = 0;
      let refusedToken: string | undefined;
      let since: Date | undefined;

      const waitForPoints = async (waitMs: number) => {
        waitedMs += waitMs;
        if (waitedMs > patienceMs)
          throw new AppError("RATE_LIMITED", "Rate limited: Shopify is busy with this app.");
        await pause({ reason: "rate-limited", waitMs, text: `Rate limited: waiting ${seconds(waitMs)}` });
      };

      for (;;) {
        signal?.throwIfAborted();
        // A renewal is everybody's, and not ended for one: but whoever is to stop does not wait for it.
        const token = await untilAborted(options.getAccessToken(refusedToken), signal);
        if (token === refusedToken)
          throw new AppError("TOKEN_REFUSED", "Shopify refused the access token of this shop.");
        const reserved = await pacer.reserve(documentCosts.expect(document), {
          since,
          patienceMs: patienceMs - waitedMs,
        });
        if ("waitMs" in reserved) {
          since = reserved.since;
          await waitForPoints(reserved.waitMs);
          continue; // and look at the token again: it may have ended meanwhile
        }
        const reply = await sendReserved({ token, body, repeatable, beforeLeaving }, reserved);

        if (reply.kind === "unauthorized") {
          if (refusedToken !== undefined) {
            throw new AppError(
              "TOKEN_REFUSED",
              "Shopify refused the access token of this shop, and a new one too.",
            );
          }
          refusedToken = token;
          continue;
        }
        if (reply.kind === "busy") {
          limited += 1;
          await waitForPoints(backoffMs(limited, Math.random(), reply.retryAfterSeconds ?? 1));
          continue;
        }
        let fault = reply.kind === "fault" ? reply.why : "an answer without data";
        let errors: unknown;
        if (reply.kind === "answer") {
          const cost = reply.answer.extensions?.cost;
          if (cost) documentCosts.learn(document, cost.requestedQueryCost);
          const verdict = judgeAnswer(reply.answer);
          if (verdict === "fine")
            return { data: reply.answer.data as Data, extensions: reply.answer.extensions ?? {} };
          if (verdict instanceof AppError) throw verdict;
          if (verdict === "throttled") {
            limited += 1;
            await waitForPoints((cost && throttleWaitMs(cost)) || backoffMs(limited, Math.random(), 1));
            continue;
          }
          fault = "an internal error of Shopify";
          errors = reply.answer.errors;
        }

        faults += 1;
        if (!repeatable || faults >= maxTries) {
          const tries = faults === 1 ? "" : ` after ${String(faults)} tries`;
          throw new AppError("SHOPIFY_UNREACHABLE", `Shopify does not answer${tries}: ${fault}.`, {
            cause: errors,
          });
        }
        const waitMs = backoffMs(
          faults,
          Math.random(),
          reply.kind === "fault" ? reply.retryAfterSeconds : undefined,
        );
        await pause({
          reason: "unreachable",
          waitMs,
          text: `Shopify does not answer (${fault}): trying again in ${seconds(waitMs)}`,
        });
      }
    },
  };
}

/** 401 and 429 are said before the query is looked at. */
function spentBy(reply: Reply): Spent {
  if (reply.kind === "unauthorized" || reply.kind === "busy") return { kind: "nothing" };
  const cost = reply.kind === "answer" ? reply.answer.extensions?.cost : undefined;
  if (reply.kind !== "answer" || !cost) return { kind: "unknown" };
  return { kind: "answered", cost, throttled: judgeAnswer(reply.answer) === "throttled" };
}

/** `Retry-After` in seconds (Shopify sends a decimal number, "2.0"); a date is not used by Shopify. */
function readRetryAfter(response: Response): number | undefined {
  const value = Number(response.headers.get("Retry-After") ?? "");
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

/** What a failed fetch says hides in its cause: `fetch failed` alone helps nobody. */
function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer in ${seconds(REQUEST_TIMEOUT_MS)}`;
  if (error instanceof SyntaxError) return "an answer that is not JSON";
  const cause = error.cause instanceof Error ? error.cause : error;
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}

function seconds(ms: number): string {
  return `${String(Math.max(1, Math.round(ms / 1000)))} s`;
}
