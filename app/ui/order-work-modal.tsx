import { BlockStack, Text } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";

import { AppModal } from "./app-modal.tsx";
import type { OrderView } from "./order-view.ts";
import { OrderWorkFields } from "./order-work-fields.tsx";
import {
  emptyWorkForm,
  reachesCustomer,
  workAction,
  workProblems,
  type WorkForm,
  type WorkQuestion,
} from "./order-work-form.ts";
import { WorkProblem } from "./order-work-problem.tsx";
import { shopifyIsTold } from "./order-work-told.ts";
import type { WorkItem } from "./order-work.ts";
import type { PageAnswer } from "./page-answer.ts";

/** Asks what has to be known before an action is done: all that can be is filled in, and nothing that reaches the customer. */
export function OrderWorkModal({
  item,
  question,
  view,
  isBusy,
  answer,
  onClose,
  onSend,
}: {
  item: WorkItem;
  question: WorkQuestion;
  view: OrderView;
  isBusy: boolean;
  /** Of this question's last sending. */
  answer: PageAnswer | undefined;
  onClose: () => void;
  onSend: (action: Record<string, unknown>) => void;
}) {
  const [form, setForm] = useState<WorkForm>(() => emptyWorkForm(item, trackingOf(item, view)));
  const [asked, setAsked] = useState(0);
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked > 0) fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [asked]);
  const problems = workProblems(item, form);
  const told = shopifyIsTold(item.action, form, view.writesBack, parcelOf(item, view)?.state);
  return (
    <AppModal
      open
      onClose={onClose}
      title={[item.label, item.about].filter(Boolean).join(" · ")}
      primaryAction={{
        content: question.save,
        destructive: question.isDestructive ?? false,
        loading: isBusy,
        onAction: () => {
          setAsked(asked + 1);
          if (Object.keys(problems).length === 0) onSend(workAction(item, form));
        },
      }}
      secondaryActions={[{ content: "Leave it", onAction: onClose }]}
    >
      <BlockStack gap="400">
        <WorkProblem answer={answer} />
        <Text as="p">{question.words}</Text>
        {item.action === "confirm_stop_ship" && view.order?.stopShip ? (
          <Text as="p" fontWeight="semibold">
            {view.order.stopShip}
          </Text>
        ) : null}
        <div ref={fields}>
          <OrderWorkFields
            {...{ item, form }}
            fields={question.fields}
            problems={asked > 0 ? problems : {}}
            lines={view.order?.lines ?? []}
            {...{ locations: view.locations, erpLocations: view.erpLocations }}
            onChange={(changes) => {
              setForm({ ...form, ...changes });
            }}
          />
        </div>
        {told === null ? null : (
          <BlockStack gap="100">
            {question.fields.includes("notify") ? (
              <Text as="p" fontWeight="semibold">
                {reachesCustomer(item.action, form)}
              </Text>
            ) : null}
            <Text as="p" tone="subdued">
              {told}
            </Text>
          </BlockStack>
        )}
      </BlockStack>
    </AppModal>
  );
}

/** What the parcel has; of one that is to leave, the courier that took the last one. */
function trackingOf(item: WorkItem, view: OrderView) {
  if (item.action === "hand_over") return { courier: view.order?.parcels.at(-1)?.courier ?? null };
  return parcelOf(item, view);
}

function parcelOf({ target }: WorkItem, { order }: OrderView) {
  return order?.parcels.find(({ id }) => target !== null && "parcelId" in target && id === target.parcelId);
}
