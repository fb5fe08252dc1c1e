import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useState } from "react";

import { countOpenIntents } from "#app/outbox/count-open-intents.server.ts";
import { loadKindSwitches } from "#app/outbox/load-kind-switches.server.ts";
import { keepPage } from "#app/ui/keep-page.ts";
import { OutboxList } from "#app/ui/outbox-list.tsx";
import { OutboxOffBanner } from "#app/ui/outbox-off-banner.tsx";
import type { OutboxListView } from "#app/ui/outbox-view.ts";
import { PageFrame } from "#app/ui/page-frame.tsx";
import type { PageAnswer } from "#app/ui/page-answer.ts";
import { SendRefusedModal } from "#app/ui/send-refused-modal.tsx";
import { useExport } from "#app/ui/use-export.ts";
import { useFollowSending } from "#app/ui/use-follow-sending.ts";
import { useIntent } from "#app/ui/use-intent.ts";
import { listOutbox } from "#app/writeback/list-outbox.server.ts";

import { answerIntent } from "./answer-intent.server.ts";
import { loadPage } from "./load-page.server.ts";
import { OutboxPageIntent } from "./outbox-intent.ts";
import { performOutboxIntent } from "./perform-outbox-intent.server.ts";
import { PAGE_ROWS } from "./read-list-query.ts";
import { readOutboxQuery } from "./read-outbox-query.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  return loadPage(request, async ({ shop, pool, now }): Promise<OutboxListView> => {
    const { question, at, ignored } = readOutboxQuery(request);
    const [page, open, switches] = await Promise.all([
      listOutbox(pool, { shop, ...question, at, limit: PAGE_ROWS, now }),
      countOpenIntents(pool, { shop }),
      loadKindSwitches(pool, { shop }),
    ]);
    return { page, ignored, open, switches };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  return answerIntent(request, OutboxPageIntent, performOutboxIntent);
}

export const clientAction = keepPage;

/** What Shopify is told of what happened here: what waits, what was sent, and what a person decides. */
export default function Outbox() {
  const { page, ignored, open, switches } = useLoaderData<typeof loader>();
  const { send, pending, answer } = useIntent("outbox-refused");
  const [asked, ask] = useState<{ before: PageAnswer | undefined } | null>(null);
  useFollowSending(page.rows);
  const refused = open.filter((one) => one.refused > 0);
  const news = asked !== null && answer !== asked.before ? answer : undefined;
  const exporting = useExport("/app/outbox/export", "updates-to-shopify");
  return (
    <PageFrame
      title="Updates to Shopify"
      width="full"
      actions={[
        exporting,
        ...(refused.length === 0
          ? []
          : [
              {
                label: "Send refused again",
                onAction: () => {
                  ask({ before: answer });
                },
              },
            ]),
      ]}
    >
      <BlockStack gap="400">
        <OutboxOffBanner open={open} switches={switches} />
        <OutboxList page={page} ignored={ignored} />
      </BlockStack>
      {asked === null || news?.ok || refused.length === 0 ? null : (
        <SendRefusedModal
          refused={refused}
          isBusy={pending("kind") !== null}
          answer={news}
          onClose={() => {
            ask(null);
          }}
          onSend={(kind) => {
            send({ intent: "send-refused-again", kind });
          }}
        />
      )}
    </PageFrame>
  );
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
