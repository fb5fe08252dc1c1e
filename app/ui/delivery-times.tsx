import { Banner, BlockStack, Card, Text } from "@shopify/polaris";

import { AnswerProblem } from "./answer-problem.tsx";
import { duplicateWords, stateMeans, stepWords } from "./delivery-words.ts";
import { Fact } from "./fact.tsx";
import { NextStep } from "./next-step.tsx";
import { useFormat } from "./shop-format.tsx";
import { useIntent } from "./use-intent.ts";
import type { DeliveryDetailView } from "./webhook-pages-view.ts";

/** Why a delivery failed, what to do, and the button that tries it again; nothing where it did not. */
export function DeliveryProblem({ delivery }: { delivery: DeliveryDetailView }) {
  const format = useFormat();
  const { send, pending, answer, again } = useIntent(`retry-${delivery.webhookId}`);
  const { error, state, attempts, nextRetryAt } = delivery;
  const refusal = <AnswerProblem answer={answer} onRetry={again} />;
  // A retry that is refused may have found it done: the page shows it so by then.
  if (error === null || state !== "failed") return refusal;
  const next =
    nextRetryAt === null ? "It waits for you." : `It is tried again ${format.dateTime(nextRetryAt)}.`;
  return (
    <>
      {refusal}
      <Banner
        tone="critical"
        title={error.text}
        action={{
          content: "Retry",
          loading: pending("intent") !== null,
          onAction: () => {
            send({ intent: "retry" });
          },
        }}
      >
        <BlockStack gap="200">
          <Text as="p">{error.next}</Text>
          <Text as="p">{`Tried ${attempts === 1 ? "once" : `${format.number(attempts)} times`}. ${next}`}</Text>
          <NextStep code={error.code} />
        </BlockStack>
      </Banner>
    </>
  );
}

/** What has become of a delivery, and when each step of it was. */
export function DeliveryTimes({ delivery }: { delivery: DeliveryDetailView }) {
  const format = useFormat();
  const { triggeredAt, receivedAt, answeredAt, processedAt, state } = delivery;
  const at = (iso: string | null, since: string | null, unknown: string) => {
    if (iso === null) return unknown;
    const step = stepWords(since, iso, format);
    return `${format.dateTime(iso)}${step === null ? "" : ` · after ${step}`}`;
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          What became of it
        </Text>
        <Text as="p">{stateMeans(state)}</Text>
        <Fact term="Happened at Shopify">{at(triggeredAt, null, "Shopify did not say")}</Fact>
        <Fact term="Received">{at(receivedAt, triggeredAt, "")}</Fact>
        <Fact term="Answered">{at(answeredAt, receivedAt, "Not noted")}</Fact>
        <Fact term="Done">{at(processedAt, receivedAt, "Not yet")}</Fact>
        <Text as="p" tone="subdued">
          {duplicateWords(delivery.duplicates, format)}
        </Text>
      </BlockStack>
    </Card>
  );
}
