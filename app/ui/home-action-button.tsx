import { Button } from "@shopify/polaris";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { HomeAction } from "./home-step.ts";

export type Sending = {
  send: (fields: Record<string, string>) => void;
  /** What of a wish being sent now is under a name ("intent", …), null when none is being sent. */
  sending: (name: string) => string | null;
  /** Kinds of jobs that are not over: their button turns until they are. */
  openJobs: ReadonlySet<string>;
};

/** A button of Home: sends a wish, or leads somewhere. `about` tells it from its likes for whoever does not see its row. */
export function HomeActionButton({
  action,
  about,
  state: { send, sending, openJobs },
  variant = "secondary",
}: {
  action: HomeAction;
  about: string;
  state: Sending;
  variant?: "primary" | "secondary" | "plain";
}) {
  const href = useEmbeddedHref();
  const { label } = action;
  const accessibilityLabel = `${label} (${about})`;
  if ("path" in action)
    return (
      <Button variant={variant} url={href(action.path)} accessibilityLabel={accessibilityLabel}>
        {label}
      </Button>
    );
  if ("url" in action)
    return (
      <Button variant={variant} url={action.url} external accessibilityLabel={accessibilityLabel}>
        {label}
      </Button>
    );
  const runs = action.job !== null && openJobs.has(action.job);
  return (
    <Button
      variant={variant}
      accessibilityLabel={accessibilityLabel}
      loading={
        runs || ["intent", "kind", "code"].every((name) => sending(name) === (action.send[name] ?? null))
      }
      disabled={sending("intent") !== null}
      onClick={() => {
        send(action.send);
      }}
    >
      {label}
    </Button>
  );
}
