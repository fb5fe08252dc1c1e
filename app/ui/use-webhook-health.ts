import { useEffect, useState } from "react";

import type { WebhookHealth } from "#app/cache/webhook-health.ts";

import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";

const LOOK_EVERY_MS = 5_000;

/**
 * How the webhooks of the last 24 hours came. Asked for once the page stands, and again while it is in view: over a large log
 * it takes a moment, and nothing else on the page waits for it.
 */
export function useWebhookHealth(): WebhookHealth | "lost" | null {
  const [health, setHealth] = useState<WebhookHealth | "lost" | null>(null);
  useEffect(
    () =>
      lookAgain(
        LOOK_EVERY_MS,
        async (signal) => {
          setHealth(await readJson<WebhookHealth>("/api/shopify/webhooks/health?hours=24", signal));
        },
        () => {
          // What was seen stays; the next look may succeed.
          setHealth((seen) => (seen === null ? "lost" : seen));
        },
        { atOnce: true },
      ),
    [],
  );
  return health;
}
