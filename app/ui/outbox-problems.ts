import type { Format } from "./format.ts";
import type { HomeProblem } from "./home-problem.ts";
import type { HomeView } from "./home-view.ts";
import { writeBackWords } from "./write-back-words.ts";

/** The list's own view of what a person decides. */
const TO_DECIDE = "/app/outbox?status=conflict&status=refused";

/** What does not reach Shopify: what a person decides, a sender that stands still, and what is tried in vain. */
export function outboxProblems(
  { outbox: { conflicts, refused, still, tried }, now }: Pick<HomeView, "outbox" | "now">,
  format: Format,
): HomeProblem[] {
  const updates = (count: number) => `${format.number(count)} ${count === 1 ? "update" : "updates"}`;
  const lasting = (since: string) => format.duration(Date.parse(now) - Date.parse(since));
  const found: HomeProblem[] = [];
  if (refused > 0)
    found.push({
      ...{ key: "outbox-refused", tone: "critical", remedy: null },
      title: `Shopify refused ${updates(refused)} from here`,
      why: [
        `Shopify and the ERP do not agree there, and later updates of the same ${refused === 1 ? "record" : "records"} wait. The list says why; send again, or do not send.`,
      ],
      see: { label: "Decide", path: TO_DECIDE },
    });
  if (conflicts > 0)
    found.push({
      ...{ key: "outbox-conflicts", tone: "critical", remedy: null },
      title: `${updates(conflicts)} to Shopify ${conflicts === 1 ? "waits" : "wait"} for your decision`,
      why: [
        "Shopify has something else than the ERP thought. The list shows both sides, and what you can do.",
      ],
      see: { label: "Decide", path: TO_DECIDE },
    });
  if (still !== null)
    found.push({
      ...{ key: "outbox-still", tone: "critical", remedy: null },
      title: `Shopify has not been told for ${lasting(still.since)} what is due: ${writeBackWords[still.kind].toLowerCase()}`,
      why: [
        "It may be that no worker runs. Ask whoever runs the app to check that its worker is running and reaches the database.",
      ],
      see: {
        label: "See what waits",
        path: `/app/outbox?status=waiting&kind=${still.kind}&sort=created+asc`,
      },
    });
  if (tried !== null)
    found.push({
      ...{ key: "outbox-tried", tone: "warning", remedy: null },
      title: `Shopify could not be told for ${lasting(tried.since)}: ${writeBackWords[tried.kind].toLowerCase()}`,
      why: [
        ...(tried.error === null ? [] : [tried.error]),
        "It is tried again by itself, at longer and longer intervals.",
      ],
      see: {
        label: "See what waits",
        path: `/app/outbox?status=waiting&kind=${tried.kind}&sort=created+asc`,
      },
    });
  return found;
}
