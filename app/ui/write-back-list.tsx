import {
  Banner,
  BlockStack,
  Button,
  Card,
  Divider,
  InlineStack,
  Text,
  type BannerHandles,
} from "@shopify/polaris";
import { Fragment, useEffect, useRef, useState } from "react";

import { AnswerProblem } from "./answer-problem.tsx";
import type { WriteBackKind } from "./home-view.ts";
import { useFollow } from "./use-follow-sending.ts";
import { useIntent } from "./use-intent.ts";
import { usePermission, type PermissionProblem } from "./use-permission.ts";
import { WriteBackPreview } from "./write-back-preview.tsx";
import { WriteBackRow } from "./write-back-row.tsx";
import type { KindView, SeenPreview, WriteBackAnswer } from "./write-back-view.ts";
import { scopeWords, writeBackGroups } from "./write-back-words.ts";

/** Every kind of write-back, with its switch: on after its preview, off at once. */
export function WriteBackList({
  kinds,
  stockLeads,
}: {
  kinds: readonly KindView[];
  stockLeads: "erp" | "shopify";
}) {
  const work = useIntent<WriteBackAnswer>("write-back");
  const [shown, setShown] = useState<SeenPreview | null>(null);
  const [answered, setAnswered] = useState(work.answer);
  if (work.answer !== answered) {
    setAnswered(work.answer);
    if (work.answer?.ok) setShown(work.answer.preview ?? null);
  }
  const permission = usePermission(() => {
    work.send({ intent: "permission" });
  });
  const busyWith = work.pending("kind");
  const see = (kind: WriteBackKind) => {
    work.send({ intent: "preview", kind });
  };
  useFollow(kinds.some(({ on, waiting, missingScope }) => on && waiting > 0 && missingScope === null));
  const isOn = (kind: WriteBackKind) => kinds.some((one) => one.kind === kind && one.on);
  return (
    <BlockStack gap="400">
      {shown === null ? <AnswerProblem answer={work.answer} onRetry={work.again} /> : null}
      {permission.problem === null ? null : <NotGiven problem={permission.problem} onAsk={permission.ask} />}
      {writeBackGroups.map(({ title, kinds: members }) => (
        <Card key={title}>
          <BlockStack gap="400">
            <Text as="h2" variant="headingMd">
              {title}
            </Text>
            {kinds
              .filter(({ kind }) => members.includes(kind))
              .toSorted((a, b) => members.indexOf(a.kind) - members.indexOf(b.kind))
              .map((view, index) => (
                <Fragment key={view.kind}>
                  {index > 0 ? <Divider /> : null}
                  <WriteBackRow
                    view={view}
                    stockLeads={stockLeads}
                    isBusy={busyWith === view.kind && shown === null}
                    isAsking={view.missingScope !== null && permission.asking === view.missingScope}
                    onSee={() => {
                      see(view.kind);
                    }}
                    onOff={() => {
                      work.send({ intent: "off", kind: view.kind });
                    }}
                    onAsk={permission.ask}
                  />
                </Fragment>
              ))}
          </BlockStack>
        </Card>
      ))}
      {shown === null ? null : (
        <WriteBackPreview
          preview={shown}
          isOn={isOn}
          isBusy={busyWith !== null}
          answer={work.answer}
          onClose={() => {
            setShown(null);
          }}
          onLookAgain={() => {
            see(shown.kind);
          }}
          onAskPermission={(scope) => {
            setShown(null);
            permission.ask(scope);
          }}
          onSwitchOn={() => {
            work.send({ intent: "on", kind: shown.kind, previewId: shown.id });
          }}
        />
      )}
    </BlockStack>
  );
}

/** That Shopify's permission was not given, and the way to ask again. */
export function NotGiven({
  problem: { scope, why },
  onAsk,
}: {
  problem: PermissionProblem;
  onAsk: (scope: string) => void;
}) {
  const banner = useRef<BannerHandles>(null);
  useEffect(() => {
    // The button that asked may be far down the page.
    banner.current?.focus();
  }, [scope, why]);
  return (
    <Banner
      ref={banner}
      tone={why === "declined" ? "warning" : "critical"}
      title={
        why === "declined"
          ? `The permission “${scopeWords(scope)}” was not given`
          : `Shopify did not ask for the permission “${scopeWords(scope)}”`
      }
    >
      <BlockStack gap="200">
        <Text as="p">
          {why === "declined"
            ? "What needs it stays off, and what waits goes on waiting. Somebody who may manage apps can give it at any time."
            : "Try it again. If it stays, this version of the app may not be deployed to Shopify yet: tell whoever runs it."}
        </Text>
        <InlineStack>
          <Button
            onClick={() => {
              onAsk(scope);
            }}
          >
            Ask again
          </Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
}
