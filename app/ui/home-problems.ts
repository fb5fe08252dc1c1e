import { queuedKinds } from "#app/cache/cache-tables.ts";
import { apiVersionEnd } from "#app/lib/api-version-end.ts";
import { errorCatalogue } from "#app/lib/errors.ts";

import { errorAction } from "./error-action.ts";
import { kindNames } from "./kind-names.ts";
import { failedWords } from "./failed-words.ts";
import type { Format } from "./format.ts";
import type { HomeProblem } from "./home-problem.ts";
import { homeActions, type HomeAction } from "./home-step.ts";
import { sumPending, type HomeView, type LastRunView, type ReasonView } from "./home-view.ts";
import { jobTitle } from "./job-words.ts";
import { outboxProblems } from "./outbox-problems.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The worker takes what is pending within seconds; a restart takes a minute or two. */
const LAGS_AFTER_MS = 10 * MINUTE_MS;
const TOKEN_WARNING_MS = 7 * DAY_MS;
const VERSION_WARNING_MS = 60 * DAY_MS;
const REQUEST_WARNING_MS = 7 * DAY_MS;

const settings: HomeAction = { label: "Open Shopify settings", path: "/app/settings/shopify" };

/** Everything that is wrong now, the worst first: what stops everything, what failed for good, what is late or ends soon. */
export function homeProblems(view: HomeView, format: Format): HomeProblem[] {
  const found = [
    tokenProblem(view, format),
    schedulerProblem(view),
    ...view.stuckJobs.map(({ id, jobType, problem }): HomeProblem => ({
      ...{ key: `stuck-${id}`, tone: "critical", title: `${jobTitle(jobType)}: it does not go on` },
      ...{ why: [problem.message, problem.next], remedy: null, see: jobPage(id) },
    })),
    lagProblem(view, format),
    ...view.reasons.flatMap((reason) => reasonProblems(reason, format)),
    deliveriesProblem(view, format),
    ...outboxProblems(view, format),
    ...view.lastRuns.flatMap((run) => lastRunProblem(run, view) ?? []),
    silenceProblem(view),
    ...view.unreadResults.map((result) => resultProblem(result, view, format)),
    ...requestsProblem(view, format),
    versionProblem(view, format),
  ].filter((problem) => problem !== null);
  // Within one tone the order above stands.
  return [
    ...found.filter(({ tone }) => tone === "critical"),
    ...found.filter(({ tone }) => tone === "warning"),
  ];
}

function jobPage(id: string): HomeAction {
  return { label: "Open the job", path: `/app/jobs/${encodeURIComponent(id)}` };
}

function tokenProblem({ token, now }: HomeView, format: Format): HomeProblem | null {
  const base = { key: "token", remedy: null, see: settings };
  if (token === null)
    return {
      ...base,
      tone: "critical",
      title: "The app has no access to Shopify",
      why: ["Nothing can be read until it has.", "Close the app and open it in Shopify Admin again."],
    };
  if (token.refreshExpires === null) return null;
  const left = Date.parse(token.refreshExpires) - Date.parse(now);
  if (left > TOKEN_WARNING_MS) return null;
  const at = format.dateTime(token.refreshExpires);
  return {
    ...base,
    tone: left > 0 ? "warning" : "critical",
    title:
      left > 0 ? `The app's access to Shopify ends on ${at}` : `The app's access to Shopify ended on ${at}`,
    why: [
      "The worker renews it every day; it has not for a long time.",
      "Ask whoever runs the app to check that its worker is running, then close the app and open it again: that gives it a new one.",
    ],
  };
}

function schedulerProblem({ schedulerProblem: problem }: HomeView): HomeProblem | null {
  if (problem === null) return null;
  const { startScheduler, lookBack } = homeActions;
  const remedies = { SCHEDULER_OFF: startScheduler, SCHEDULER_LATE: lookBack, SCHEDULER_FAILING: lookBack };
  return {
    key: "scheduler",
    tone: problem.code === "SCHEDULER_OFF" ? "warning" : "critical",
    title: problem.message,
    why: [problem.next],
    remedy: new Map<string, HomeAction>(Object.entries(remedies)).get(problem.code) ?? null,
    see: { label: "Open the scheduler", path: "/app/settings/shopify" },
  };
}

/** Whether a job that fills or empties the queue is under way: then what waits is on its way. */
function isWorking({ lastRuns }: HomeView): boolean {
  return lastRuns.some(({ status }) => status === "running");
}

function lagProblem(view: HomeView, format: Format): HomeProblem | null {
  const { pending, now } = view;
  const { count, oldest } = sumPending(pending);
  if (oldest === null || isWorking(view)) return null;
  const waited = Date.parse(now) - Date.parse(oldest.at);
  if (waited < LAGS_AFTER_MS) return null;
  const records = queuedKinds
    .filter((kind) => pending[kind].count > 0)
    .map((kind) => {
      const of = pending[kind].count;
      return `${format.number(of)} ${of === 1 ? kindNames[kind].one : kindNames[kind].many}`;
    })
    .join(", ");
  return {
    key: "lag",
    tone: "critical",
    title: `${records} ${count === 1 ? "waits" : "wait"} to come into the ERP, the first for ${format.duration(waited)}`,
    why: [
      "It may be that no worker runs. Ask whoever runs the app to check that its worker is running and reaches the database, or process them now.",
    ],
    remedy: homeActions.processPending,
    see: {
      label: `See the ${kindNames[oldest.kind].many}`,
      path: `/app/cache/${oldest.kind}?status=pending&sort=received+asc`,
    },
  };
}

function reasonProblems(reason: ReasonView, format: Format): HomeProblem[] {
  const { kind, code, example, words, next } = reason;
  const one = (status: "failed" | "quarantined", count: number): HomeProblem[] => {
    if (count === 0) return [];
    const names = `${format.number(count)} ${count === 1 ? kindNames[kind].one : kindNames[kind].many}`;
    const query = new URLSearchParams({ status, code });
    return [
      {
        key: `${status}-${kind}-${code}`,
        tone: "critical",
        title:
          status === "failed"
            ? `${names} failed: ${words}`
            : `${names} failed and ${count === 1 ? "waits" : "wait"} for you: ${words}`,
        why: [...(example === "" || example === words ? [] : [example]), next],
        remedy: code === "SKU_NOT_FOUND" ? homeActions.syncProducts : retryOf(reason),
        see: { label: "See them", path: `/app/cache/${kind}?${query.toString()}` },
        also: mendingPage(code),
      },
    ];
  };
  return [...one("quarantined", reason.quarantined), ...one("failed", reason.failed)];
}

/** Tries again what failed for this reason, and nothing else; of a reason this version does not know all that failed of the kind. */
function retryOf({ kind, code }: ReasonView): HomeAction {
  const send = { ...homeActions.retryFailed.send, kind };
  return {
    label: "Retry them",
    send: Object.hasOwn(errorCatalogue, code) ? { ...send, code } : send,
    job: null,
  };
}

/** The page on which the cause is mended, where there is one; Home is where the person is. */
function mendingPage(code: string): HomeAction | null {
  const action = errorAction(code);
  return action.path === null || action.path === "/app" ? null : action;
}

function deliveriesProblem({ failedDeliveries }: HomeView, format: Format): HomeProblem | null {
  const title = failedWords(failedDeliveries, format);
  if (title === null) return null;
  return {
    ...{ key: "deliveries", tone: "critical", title },
    why: [
      failedDeliveries === 1
        ? "It is kept as it came. The list says why; a retry reads it again."
        : "They are kept as they came. The list says why; a retry reads them again.",
    ],
    remedy: homeActions.retryFailed,
    see: { label: "See why", path: "/app/webhooks?outcome=failed" },
  };
}

/** What a person presses to run a kind of job once more; a dump's period and a backfill's dry run are chosen elsewhere. */
const runAgain = new Map<string, HomeAction>([
  ["products", homeActions.syncProducts],
  ["customers", homeActions.syncCustomers],
  ["inventory", homeActions.syncStock],
  ["look-back", homeActions.lookBack],
  ["process-cache", homeActions.processPending],
  ["orders", { label: "Choose a period", path: "/app/settings/shopify" }],
  ["backfill", { label: "Open Shopify settings", path: "/app/settings/shopify" }],
]);

/** Two look-backs in a row that failed are the schedule's problem, said already. */
function lastRunProblem(run: LastRunView, { schedulerProblem: said }: HomeView): HomeProblem | null {
  if (run.status !== "failed" || run.error === null) return null;
  if (run.jobType === "look-back" && said?.code === "SCHEDULER_FAILING") return null;
  const { code, text, next } = run.error;
  return {
    key: `run-${run.jobType}`,
    tone: code === "TOKEN_REFUSED" || code === "SCOPE_MISSING" ? "critical" : "warning",
    title: `${jobTitle(run.jobType)}: the last run failed`,
    why: [text, next],
    remedy: runAgain.get(run.jobType) ?? null,
    see: jobPage(run.id),
  };
}

function silenceProblem({ silence }: HomeView): HomeProblem | null {
  if (silence === null) return null;
  return {
    ...{ key: "silence", tone: "warning", title: "The webhooks are silent", why: [silence] },
    remedy: homeActions.lookBack,
    see: { label: "Open the webhooks", path: "/app/webhooks" },
  };
}

function resultProblem(
  { jobId, jobType, expiresAt }: HomeView["unreadResults"][number],
  { now }: HomeView,
  format: Format,
): HomeProblem {
  const isGone = Date.parse(expiresAt) <= Date.parse(now);
  const at = format.dateTime(expiresAt);
  return {
    key: `result-${jobId}`,
    tone: isGone ? "critical" : "warning",
    title: isGone
      ? `${jobTitle(jobType)}: Shopify dropped its result on ${at}`
      : `${jobTitle(jobType)}: its result is to be read before ${at}`,
    why: [
      "Shopify keeps a result for 7 days.",
      isGone ? "Cancel the job and run the sync again." : "Resume the job: it reads the result and goes on.",
    ],
    ...{ remedy: null, see: jobPage(jobId) },
  };
}

function requestsProblem({ openRequests, now }: HomeView, format: Format): HomeProblem[] {
  const [first] = openRequests;
  if (first === undefined) return [];
  const left = Date.parse(first.dueAt) - Date.parse(now);
  const count = openRequests.length;
  const requests = count === 1 ? "1 privacy request is" : `${format.number(count)} privacy requests are`;
  return [
    {
      key: "privacy",
      tone: left < REQUEST_WARNING_MS ? "critical" : "warning",
      title: `${requests} not carried out, due ${format.dateTime(first.dueAt)}`,
      why: [
        "The app carries them out by itself within minutes; the law gives 30 days.",
        "Ask whoever runs the app to check that its worker is running, and read the list in Shopify settings.",
      ],
      ...{ remedy: null, see: settings },
    },
  ];
}

function versionProblem({ apiVersion, now }: HomeView, format: Format): HomeProblem | null {
  const end = apiVersionEnd(apiVersion);
  if (end === null) return null;
  const left = Date.parse(`${end}T00:00:00Z`) - Date.parse(now);
  if (left > VERSION_WARNING_MS) return null;
  const day = format.day(end);
  return {
    key: "version",
    tone: left > 0 ? "warning" : "critical",
    title:
      left > 0
        ? `Shopify supports API version ${apiVersion} until ${day}`
        : `Shopify has not supported API version ${apiVersion} since ${day}`,
    why: [
      "After that Shopify answers with another version, whose fields may differ.",
      "Whoever runs the app sets SHOPIFY_API_VERSION to a newer one and starts it again.",
    ],
    remedy: null,
    see: { label: "Read about versions", url: "https://shopify.dev/docs/api/usage/versioning" },
  };
}
