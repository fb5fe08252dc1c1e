import { useLocation, useRevalidator } from "@remix-run/react";
import { Box, Button, InlineStack } from "@shopify/polaris";
import { useEffect, useState } from "react";

import { askedParams } from "./list-params.ts";
import { lookAgain } from "./look-again.ts";
import { readJson } from "./read-json.ts";
import { useFormat } from "./shop-format.tsx";
import type { NewerDeliveries } from "./webhook-pages-view.ts";

const LOOK_EVERY_MS = 3000;

/** Says that more webhooks have come than the list shows, and shows them when asked: a list that moved by itself could not be read. */
export function NewerDeliveriesButton({ newest }: { newest: string }) {
  const { search } = useLocation();
  const { revalidate, state } = useRevalidator();
  const format = useFormat();
  const [newer, setNewer] = useState<NewerDeliveries | null>(null);
  useEffect(() => {
    const asked = askedParams(search);
    asked.set("since", newest);
    return lookAgain(
      LOOK_EVERY_MS,
      async (signal) => {
        const found = await readJson<NewerDeliveries>(`/app/webhooks/progress?${asked.toString()}`, signal);
        if (!signal.aborted) setNewer(found);
      },
      // What was counted stays; the next look may succeed.
      () => undefined,
    );
  }, [search, newest]);
  const count = newer?.count ?? 0;
  return (
    <div role="status">
      {count === 0 ? null : (
        <Box paddingBlockEnd="400">
          <InlineStack align="center">
            <Button variant="primary" loading={state === "loading"} onClick={revalidate}>
              {`Show ${newer?.isMore ? "more than " : ""}${format.number(count)} new ${count === 1 ? "webhook" : "webhooks"}`}
            </Button>
          </InlineStack>
        </Box>
      )}
    </div>
  );
}
