import { Banner, BlockStack, InlineStack, Link, List, Text } from "@shopify/polaris";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import type { WriteBackKind } from "./home-view.ts";
import { laterWords, previewWords, warningsOf } from "./preview-words.ts";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { waitingPath, type SeenPreview, type WriteBackAnswer } from "./write-back-view.ts";
import { scopeWords, writeBackHelp, writeBackWords } from "./write-back-words.ts";

/** What a kind would send if it were switched on now, and the switch: nobody finds it elsewhere. */
export function WriteBackPreview({
  preview,
  isOn,
  isBusy,
  answer,
  onClose,
  onLookAgain,
  onAskPermission,
  onSwitchOn,
}: {
  preview: SeenPreview;
  isOn: (kind: WriteBackKind) => boolean;
  isBusy: boolean;
  answer: WriteBackAnswer | undefined;
  onClose: () => void;
  onLookAgain: () => void;
  onAskPermission: (scope: string) => void;
  onSwitchOn: () => void;
}) {
  const format = useFormat();
  const warnings = warningsOf(preview, format);
  const { kind, missingScope } = preview;
  const later = laterWords(kind);
  const old = answer?.ok === false && answer.code === "PREVIEW_NEEDED" ? answer : null;
  const next =
    missingScope !== null
      ? {
          content: "Ask for the permission",
          onAction: () => {
            onAskPermission(missingScope);
          },
        }
      : old
        ? { content: "Look again", onAction: onLookAgain }
        : { content: "Switch on", onAction: onSwitchOn };
  return (
    <AppModal
      open
      onClose={onClose}
      title={writeBackWords[kind]}
      primaryAction={{ ...next, loading: isBusy }}
      secondaryActions={[{ content: "Not now", onAction: onClose }]}
    >
      <BlockStack gap="400">
        {old === null ? (
          <AnswerProblem answer={answer} />
        ) : (
          <Banner tone="warning" title={old.message}>
            <Text as="p">{old.next}</Text>
          </Banner>
        )}
        <Text as="p">{writeBackHelp[kind]}</Text>
        <Text as="p" fontWeight="semibold">
          {previewWords(preview, isOn, format)}
        </Text>
        {warnings.length === 0 ? null : (
          <Banner tone="warning" title="This reaches your customers">
            <List>
              {warnings.map((words) => (
                <List.Item key={words}>{words}</List.Item>
              ))}
            </List>
          </Banner>
        )}
        {later === null ? null : <Text as="p">{later}</Text>}
        {missingScope === null ? null : (
          <Text as="p">{`Shopify has not given the app the permission “${scopeWords(missingScope)}” yet: without it nothing of this is sent.`}</Text>
        )}
        <Examples preview={preview} />
      </BlockStack>
    </AppModal>
  );
}

function Examples({ preview: { kind, waiting, examples } }: { preview: SeenPreview }) {
  const format = useFormat();
  const href = useEmbeddedHref();
  if (examples.length === 0) return null;
  const more = waiting - examples.length;
  return (
    <BlockStack gap="200">
      <Text as="h2" variant="headingSm">
        {more > 0
          ? `The oldest ${format.number(examples.length)} of ${format.number(waiting)}`
          : "All that waits"}
      </Text>
      <List>
        {examples.map(({ id, orderId, words, refunds, notifies }) => (
          <List.Item key={id}>
            <Text as="span" breakWord>
              <Link url={href(`/app/orders/${orderId}`)}>{words}</Link>
            </Text>
            {refunds || notifies ? (
              <InlineStack gap="100">
                {refunds ? <StatusBadge of="reaches" status="refund" /> : null}
                {notifies ? <StatusBadge of="reaches" status="message" /> : null}
              </InlineStack>
            ) : null}
          </List.Item>
        ))}
      </List>
      {more > 0 ? (
        <Text as="p">
          <Link url={href(waitingPath(kind))}>{`See all ${format.number(waiting)}`}</Link>
        </Text>
      ) : null}
    </BlockStack>
  );
}
