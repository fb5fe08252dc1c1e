import {
  Banner,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  InlineGrid,
  InlineStack,
  SkeletonBodyText,
  Text,
} from "@shopify/polaris";

import { Fact } from "./fact.tsx";
import { NextStep } from "./next-step.tsx";
import { ScheduleForm } from "./schedule-form.tsx";
import type { SchedulerView } from "./scheduler-view.ts";
import { lastRunWords, nextRunWords, remedyOf, skippedWords } from "./scheduler-words.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { isActive, isOpen, type JobView } from "./sync-view.ts";
import { useScheduler } from "./use-scheduler.ts";

/** The look-back that runs by itself: on or off, how often, what came of it and what is wrong with it. */
export function SchedulerCard({ jobs, now }: { jobs: JobView[]; now: string }) {
  const lookBack = jobs.find(({ jobType }) => jobType === "look-back");
  const { scheduler, problem, sending, tell } = useScheduler(
    `${lookBack?.id ?? ""} ${lookBack?.status ?? ""}`,
  );
  const isUnderWay = lookBack !== undefined && isActive(lookBack);
  const isOn = scheduler?.enabled ?? false;

  const start = {
    content: "Start",
    loading: sending === "start",
    onAction: () => void tell("start", "The schedule is on: the first look-back runs now"),
  };
  const stop = {
    content: "Stop",
    loading: sending === "stop",
    onAction: () => void tell("stop", "The schedule is off"),
  };
  const trigger = {
    content: "Trigger Now",
    loading: sending === "trigger",
    disabled: isUnderWay,
    onAction: () => void tell("trigger", "Look-back started"),
  };
  const remedies = { start, trigger };
  const remedy = scheduler?.problem ? remedyOf(scheduler.problem) : null;
  const mending = remedy === null ? null : remedies[remedy];

  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              Scheduler
            </Text>
            {scheduler === null ? null : <StatusBadge of="toggle" status={isOn ? "on" : "off"} />}
          </InlineStack>
          {scheduler === null ? (
            problem === null && <Button disabled>{trigger.content}</Button>
          ) : (
            <ButtonGroup>
              {/* What mends its problem stands in the problem's banner, once. */}
              {[trigger, isOn ? stop : start]
                .filter((one) => one !== mending)
                .map(({ content, onAction, ...state }) => (
                  <Button key={content} {...state} onClick={onAction}>
                    {content}
                  </Button>
                ))}
            </ButtonGroup>
          )}
        </InlineStack>
        <Text as="p" tone="subdued">
          The look-back finds what changed in Shopify and no webhook brought, and brings it into the ERP.
          Turned on, it runs at once, and then again after every interval.
        </Text>
        {problem === null ? null : (
          <Banner tone="critical" title={problem.message}>
            <BlockStack gap="200">
              <Text as="p">{problem.next}</Text>
              <NextStep code={problem.code} />
            </BlockStack>
          </Banner>
        )}
        {scheduler?.problem ? (
          <Banner
            tone="warning"
            title={scheduler.problem.message}
            {...(mending === null ? {} : { action: mending })}
          >
            <Text as="p">
              {remedy === null
                ? `${scheduler.problem.next} It is under Running now.`
                : scheduler.problem.next}
            </Text>
          </Banner>
        ) : null}
        {scheduler === null ? (
          problem === null && (
            // As high as what comes: the cards below stay where they are.
            <Box minHeight="15rem">
              <SkeletonBodyText lines={4} />
            </Box>
          )
        ) : (
          <>
            <Runs scheduler={scheduler} now={now} />
            <ScheduleForm
              scheduler={scheduler}
              isSending={sending === "start"}
              onSave={(fields) =>
                tell(
                  "start",
                  isOn ? "The schedule is saved" : "The schedule is on: the first look-back runs now",
                  fields,
                )
              }
            />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

/** The last run with what came of it, the next one, and up to where Shopify has been read. */
function Runs({ scheduler, now }: { scheduler: SchedulerView; now: string }) {
  const format = useFormat();
  const { lastJob, readUpTo } = scheduler;
  const skipped = skippedWords(scheduler, format);
  return (
    <BlockStack gap="200">
      <InlineGrid columns={{ xs: 1, sm: "5fr 4fr 4fr" }} gap="200">
        <Fact term="Last run">{lastRunWords(scheduler, format)}</Fact>
        <Fact term="Next run">{nextRunWords(scheduler, now, format)}</Fact>
        <Fact term="Read up to">{readUpTo === null ? "Nothing read yet" : format.dateTime(readUpTo)}</Fact>
      </InlineGrid>
      {lastJob?.error ? (
        <BlockStack gap="100">
          <Text as="p" tone="critical" breakWord>
            {lastJob.error.text}
          </Text>
          <Text as="p">{lastJob.error.next}</Text>
          <NextStep
            code={lastJob.error.code}
            otherwise={{ label: "Open the job", path: `/app/jobs/${lastJob.id}` }}
          />
        </BlockStack>
      ) : null}
      {lastJob?.step && !lastJob.error ? (
        <Fact term={isOpen(lastJob.status) ? "It does now" : "Result of the last run"}>{lastJob.step}</Fact>
      ) : null}
      {skipped === null ? null : <Text as="p">{skipped}</Text>}
    </BlockStack>
  );
}
