import { Badge, BlockStack, Box, Card, Divider, Icon, InlineStack, Text } from "@shopify/polaris";
import { CheckCircleIcon } from "@shopify/polaris-icons";
import { Fragment } from "react";

import { AnswerProblem } from "./answer-problem.tsx";
import { HomeActionButton, type Sending } from "./home-action-button.tsx";
import type { HomeProblem } from "./home-problem.ts";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";

/** Everything that is wrong now, the worst first, each with why and the button that mends it; that all is well in one line. */
export function HomeProblemsCard({
  problems,
  state,
  answer,
  onRetry,
}: {
  problems: readonly HomeProblem[];
  state: Sending;
  answer: PageAnswer | undefined;
  /** Sends the last wish once more. */
  onRetry: () => void;
}) {
  const format = useFormat();
  const count = problems.length;
  return (
    <Card>
      <BlockStack gap="400">
        {count === 0 ? (
          <InlineStack gap="200" blockAlign="center" wrap={false}>
            <Box>
              <Icon source={CheckCircleIcon} tone="success" />
            </Box>
            <Text as="h2" variant="headingMd">
              All is well: nothing waits for you.
            </Text>
          </InlineStack>
        ) : (
          <Text as="h2" variant="headingMd">
            {count === 1 ? "1 thing needs you" : `${format.number(count)} things need you`}
          </Text>
        )}
        <AnswerProblem answer={answer} onRetry={onRetry} />
        {problems.map((problem, index) => (
          <Fragment key={problem.key}>
            {index > 0 ? <Divider /> : null}
            <Problem problem={problem} state={state} />
          </Fragment>
        ))}
      </BlockStack>
    </Card>
  );
}

function Problem({ problem, state }: { problem: HomeProblem; state: Sending }) {
  const { title, tone, why, remedy, see, also = null } = problem;
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Badge tone={tone}>{tone === "critical" ? "Wrong" : "Look at it"}</Badge>
        <Text as="h3" variant="headingSm" breakWord>
          {title}
        </Text>
      </InlineStack>
      <BlockStack gap="050">
        {why.map((words) => (
          <Text key={words} as="p" breakWord>
            {words}
          </Text>
        ))}
      </BlockStack>
      <InlineStack gap="300" blockAlign="center">
        {remedy ? <HomeActionButton action={remedy} about={title} state={state} /> : null}
        {see ? (
          <HomeActionButton
            action={see}
            about={title}
            state={state}
            variant={remedy ? "plain" : "secondary"}
          />
        ) : null}
        {also ? <HomeActionButton action={also} about={title} state={state} variant="plain" /> : null}
      </InlineStack>
    </BlockStack>
  );
}
