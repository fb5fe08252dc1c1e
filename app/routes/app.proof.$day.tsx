import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, Banner, BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";

import { useEmbeddedHref } from "#app/ui/embedded-href.ts";
import { NextStep } from "#app/ui/next-step.tsx";
import { PageFrame } from "#app/ui/page-frame.tsx";
import { provenLists, type ProofDayView, type ProvenList } from "#app/ui/proof-day-view.ts";
import { ProofSides } from "#app/ui/proof-sides.tsx";
import { proofWords } from "#app/ui/proof-words.ts";
import { ProvenOrdersCard } from "#app/ui/proven-orders-card.tsx";
import { useFormat } from "#app/ui/shop-format.tsx";
import { useCheck } from "#app/ui/use-check.ts";

import { loadPage } from "./load-page.server.ts";
import { loadProofDay } from "./load-proof-day.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  return loadPage(request, ({ shop, pool, now }) =>
    loadProofDay(pool, { shop, now, asked: params["day"] ?? "" }),
  );
}

/** One day: Shopify's orders against the ERP's, and the orders behind each figure. */
export default function ProofOfDay() {
  const view: ProofDayView = useLoaderData<typeof loader>();
  const { proof, orders } = view;
  const format = useFormat();
  const name = format.day(proof.day);
  const check = useCheck({ day: proof.day, words: name });
  const { badge, notes } = proofWords(proof, format);
  return (
    <PageFrame
      title={`Proof of ${name}`}
      subtitle={proof.proof === null ? undefined : `Checked ${format.dateTime(proof.proof.checkedAt)}`}
      badges={<Badge tone={badge.tone}>{badge.words}</Badge>}
      back={{ label: "Home", path: "/app" }}
      actions={[{ label: "Check now", onAction: check.start, primary: true, disabled: check.isChecking }]}
    >
      <BlockStack gap="400">
        <OtherDays view={view} />
        {check.problem ? (
          <Banner tone="critical" title={check.problem.message}>
            <BlockStack gap="200">
              <Text as="p">{check.problem.next}</Text>
              <NextStep code={check.problem.code} isBusy={check.isChecking} onRetry={check.start} />
            </BlockStack>
          </Banner>
        ) : null}
        {proof.proof === null ? (
          <Banner tone="info" title="This day has not been compared with Shopify">
            <Text as="p">Which of its orders are on hold, pending or failed now is below.</Text>
          </Banner>
        ) : (
          <ProofSides proof={proof.proof} />
        )}
        {proof.proof === null
          ? null
          : notes.map((note) => (
              <Text key={note} as="p" tone="subdued">
                {note}
              </Text>
            ))}
        {provenLists.map((list) => (
          <ProvenOrdersCard
            key={list}
            {...{ list, ...orders[list], more: moreOf(list, proof.day) }}
            isAsked={proof.proof !== null && proof.proof.shopifyOrders !== null}
          />
        ))}
      </BlockStack>
    </PageFrame>
  );
}

function OtherDays({ view: { previousDay, nextDay, proof } }: { view: ProofDayView }) {
  const href = useEmbeddedHref();
  const format = useFormat();
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <InlineStack gap="300" align="space-between">
        <InlineStack gap="300">
          <Button
            url={href(`/app/proof/${previousDay}`)}
            accessibilityLabel={`Day before, ${format.day(previousDay)}`}
          >
            Day before
          </Button>
          <Button
            disabled={nextDay === null}
            url={nextDay === null ? undefined : href(`/app/proof/${nextDay}`)}
            accessibilityLabel={
              nextDay === null ? "Day after: it is not over" : `Day after, ${format.day(nextDay)}`
            }
          >
            Day after
          </Button>
        </InlineStack>
        <Button url={href(ordersOf(proof.day))}>All orders of the day</Button>
      </InlineStack>
    </Box>
  );
}

/** As the proof counts them: without test orders and those deleted in Shopify. */
function ordersOf(day: string): string {
  return `/app/orders?createdFrom=${day}&createdTo=${day}&test=no&archived=no`;
}

function moreOf(list: ProvenList, day: string): { label: string; path: string } | null {
  if (list === "held") return { label: "See them in Orders", path: `${ordersOf(day)}&held=yes` };
  if (list === "pending") return { label: "All pending entries", path: "/app/cache/order?status=pending" };
  if (list === "failed")
    return { label: "All failed entries", path: "/app/cache/order?status=failed&status=quarantined" };
  return null;
}

/** Hands on what the library answers an invalid session token with: App Bridge then sends a new one. */
export const headers: HeadersFunction = (args) => boundary.headers(args);
