import { useLocation } from "@remix-run/react";
import { BlockStack, Box, Button, InlineGrid, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";

import type { Settlement } from "#app/outbox/settlements.ts";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { Fact } from "./fact.tsx";
import { moneyWords } from "./money-words.ts";
import {
  graveFollows,
  graveWords,
  outboxDecisions,
  outboxPath,
  outboxState,
  outboxSubject,
  outboxWish,
  sendAgainFollows,
  triedWords,
  type GraveDecision,
} from "./outbox-words.ts";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";

type Props = {
  row: OutboxRow;
  isBusy: boolean;
  /** Of what was decided here last. */
  answer: PageAnswer | undefined;
  onClose: () => void;
  onDecide: (decision: Settlement) => void;
};

/** One update: what is wished, both sides where they differ, what to do; what cannot be taken back is asked once more, with what follows. */
export function OutboxModal({ row, isBusy, answer, onClose, onDecide }: Props) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const { pathname } = useLocation();
  const decisions = outboxDecisions(row);
  const [asked, ask] = useState<GraveDecision | null>(null);
  const close = { content: "Close", onAction: onClose };
  if (asked !== null) {
    const { title, confirm } = graveWords(row, asked);
    return (
      <AppModal
        open
        onClose={onClose}
        title={`${title}: ${outboxSubject(row)}`}
        primaryAction={{
          ...{ content: confirm, destructive: asked === "drop", loading: isBusy },
          onAction: () => {
            onDecide(asked);
          },
        }}
        secondaryActions={[
          {
            content: "Back",
            onAction: () => {
              ask(null);
            },
          },
        ]}
      >
        <BlockStack gap="300">
          <AnswerProblem answer={answer} isBeside />
          <Text as="p" fontWeight="semibold" breakWord>
            {outboxWish(row, format)}
          </Text>
          {graveFollows(row, asked).map((words) => (
            <Text key={words} as="p">
              {words}
            </Text>
          ))}
        </BlockStack>
      </AppModal>
    );
  }
  const grave = decisions.flatMap((one) =>
    one === "send_again"
      ? []
      : {
          content: graveWords(row, one).ask,
          onAction: () => {
            ask(one);
          },
        },
  );
  const again = {
    ...{ content: row.standing === "again" ? "Send now" : "Send again", loading: isBusy },
    onAction: () => {
      onDecide("send_again");
    },
  };
  const canSend = decisions.includes("send_again");
  return (
    <AppModal
      open
      onClose={onClose}
      title={`${outboxSubject(row)}: update to Shopify`}
      primaryAction={canSend ? again : close}
      secondaryActions={[...grave, ...(canSend ? [close] : [])]}
    >
      <BlockStack gap="400">
        <AnswerProblem answer={answer} isBeside />
        <BlockStack gap="200">
          <Text as="p" fontWeight="semibold" breakWord>
            {outboxWish(row, format)}
          </Text>
          <InlineStack>
            <StatusBadge of="outbox" status={row.standing} />
          </InlineStack>
        </BlockStack>
        <WhatHolds row={row} />
        {canSend && outboxPath(row) !== pathname ? (
          <InlineStack>
            <Button url={href(outboxPath(row))}>
              {row.entity === "order" ? "Open the order" : "Open its stock"}
            </Button>
          </InlineStack>
        ) : null}
        {canSend ? (
          <Text as="p" tone="subdued">
            {`If you send it again: ${sendAgainFollows(row)}`}
          </Text>
        ) : null}
        <Told row={row} />
      </BlockStack>
    </AppModal>
  );
}

/** Both sides where they differ, else why it stands as it does; and what to do. */
function WhatHolds({ row }: { row: OutboxRow }) {
  const format = useFormat();
  const { conflict, next, standing } = row;
  const state = outboxState(row, format);
  return (
    <BlockStack gap="300">
      {conflict === null ? null : (
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <Side title="The ERP wants">{moneyWords(conflict.erp, format)}</Side>
          <Side title="Shopify has">{moneyWords(conflict.shopify, format)}</Side>
        </InlineGrid>
      )}
      {conflict !== null || state === null || state === "" ? null : (
        <Text as="p" breakWord>
          {standing === "refused" ? `Shopify says: ${state}` : state}
        </Text>
      )}
      {next === null || !["conflict", "refused", "again"].includes(standing) ? null : (
        <Text as="p" breakWord>
          <Text as="span" fontWeight="semibold">
            What to do:
          </Text>{" "}
          {next}
        </Text>
      )}
    </BlockStack>
  );
}

function Side({ title, children }: { title: string; children: string }) {
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          {title}
        </Text>
        <Text as="p" breakWord>
          {children}
        </Text>
      </BlockStack>
    </Box>
  );
}

function Told({ row: { actor, createdAt, attempts, standing } }: { row: OutboxRow }) {
  const format = useFormat();
  const who = /^\d+$/.test(actor) ? `staff member ${actor}` : actor.replace(/^key /, "API key ");
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
      <Fact term="Wished">
        {who === "" ? format.dateTime(createdAt) : `${format.dateTime(createdAt)} by ${who}`}
      </Fact>
      <Fact term="Tries">
        {attempts === 0 ? (standing === "dropped" ? "None" : "Not tried yet") : triedWords(attempts)}
      </Fact>
    </InlineGrid>
  );
}
