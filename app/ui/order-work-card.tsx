import {
  ActionList,
  BlockStack,
  Button,
  Card,
  Collapsible,
  InlineStack,
  List,
  Popover,
  Text,
} from "@shopify/polaris";
import { ChevronDownIcon, ChevronUpIcon } from "@shopify/polaris-icons";
import { useId, useRef, useState } from "react";

import type { OrderView } from "./order-view.ts";
import { workQuestions } from "./order-work-form.ts";
import { OrderWorkModal } from "./order-work-modal.tsx";
import { WorkProblem } from "./order-work-problem.tsx";
import { orderWork, type BarredWork, type OrderWork, type WorkItem } from "./order-work.ts";
import { useIntent } from "./use-intent.ts";

/** What is to be done with an order: the next step as a button, everything else that can be done, and why not the rest. */
export function OrderWorkCard({ view, order }: { view: OrderView; order: NonNullable<OrderView["order"]> }) {
  const work = useIntent("order-work");
  const [asked, setAsked] = useState<WorkItem | null>(null);
  const [answered, setAnswered] = useState(work.answer);
  /** The answer to an earlier question says nothing of the one that is open. */
  const [before, setBefore] = useState(work.answer);
  if (work.answer !== answered) {
    setAnswered(work.answer);
    if (work.answer?.ok) setAsked(null);
  }
  if (view.actions.length === 0) return null;
  const { next, can, barred, stopped } = orderWork(view.actions, order);
  const busyWith = work.pending("key");
  const send = (item: WorkItem, action: Record<string, unknown>) => {
    work.send({ intent: "act", key: item.key, action: JSON.stringify(action) });
  };
  const open = (item: WorkItem) => {
    setBefore(work.answer);
    setAsked(item);
  };
  const question = asked === null ? null : workQuestions[asked.action];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Work on this order
        </Text>
        {asked === null ? <WorkProblem answer={work.answer} /> : null}
        {stopped === null ? (
          <>
            <InlineStack gap="200">
              {next === null ? null : (
                <Button
                  variant="primary"
                  loading={busyWith === next.key}
                  disabled={busyWith !== null && busyWith !== next.key}
                  onClick={() => {
                    if (asksFirst(next)) open(next);
                    else send(next, { action: next.action, ...next.target });
                  }}
                >
                  {buttonWords(next)}
                </Button>
              )}
              <WorkMenu
                {...{ can }}
                onChoose={(item) => {
                  if (workQuestions[item.action] === null)
                    send(item, { action: item.action, ...item.target });
                  else open(item);
                }}
              />
            </InlineStack>
            {next === null ? (
              <Text as="p" tone="subdued">
                {order.holds.length === 0
                  ? "Nothing has to be done with it now."
                  : "It is on hold: nothing is picked, packed or handed over before that is released."}
              </Text>
            ) : null}
            <WhyNot barred={barred} />
          </>
        ) : (
          <BlockStack gap="100">
            <Text as="p">{stopped.message}.</Text>
            <Text as="p" tone="subdued">
              {stopped.next}
            </Text>
          </BlockStack>
        )}
      </BlockStack>
      {asked === null || question === null ? null : (
        <OrderWorkModal
          key={asked.key}
          item={asked}
          {...{ question, view }}
          isBusy={busyWith !== null}
          answer={work.answer === before ? undefined : work.answer}
          onClose={() => {
            setAsked(null);
            setBefore(work.answer);
          }}
          onSend={(action) => {
            send(asked, action);
          }}
        />
      )}
    </Card>
  );
}

/** Goods on the shelf move by one click, all that can; in the menu the same step asks how many. */
function asksFirst({ action }: WorkItem): boolean {
  return workQuestions[action] !== null && !["allocate", "pick", "pack"].includes(action);
}

function buttonWords(item: WorkItem): string {
  const { label, about, units, action } = item;
  const count = units.reduce((sum, { qty }) => sum + qty, 0);
  const more = asksFirst(item) ? "…" : "";
  if (about !== null) return `${label}: ${about}${more}`;
  const goods =
    count === 0 || action === "relabel" ? "" : ` ${String(count)} ${count === 1 ? "unit" : "units"}`;
  return `${label}${goods}${more}`;
}

function WorkMenu({ can, onChoose }: Pick<OrderWork, "can"> & { onChoose: (item: WorkItem) => void }) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  if (can.length === 0) return null;
  const toggle = () => {
    setOpen(!isOpen);
  };
  return (
    <div ref={place}>
      <Popover
        active={isOpen}
        onClose={toggle}
        autofocusTarget="first-node"
        preferredAlignment="left"
        activator={
          <Button disclosure={isOpen ? "up" : "down"} onClick={toggle}>
            More actions
          </Button>
        }
      >
        <ActionList
          actionRole="menuitem"
          sections={can.map(({ title, items }) => ({
            title,
            items: items.map((item) => ({
              content: workQuestions[item.action] === null ? item.label : `${item.label}…`,
              destructive: workQuestions[item.action]?.isDestructive ?? false,
              onAction: () => {
                setOpen(false);
                // The menu goes: what it asks gives the focus back to the button that opens it.
                place.current?.querySelector("button")?.focus();
                onChoose(item);
              },
            })),
          }))}
        />
      </Popover>
    </div>
  );
}

/** What cannot be done now, each with its reason and what to do instead. */
function WhyNot({ barred }: { barred: readonly BarredWork[] }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  if (barred.length === 0) return null;
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button
          variant="plain"
          icon={isOpen ? ChevronUpIcon : ChevronDownIcon}
          ariaExpanded={isOpen}
          ariaControls={id}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          What cannot be done now, and why
        </Button>
      </InlineStack>
      <Collapsible id={id} open={isOpen}>
        <List>
          {barred.map(({ key, label, message, next }) => (
            <List.Item key={key}>
              <Text as="span" fontWeight="semibold">
                {label}
              </Text>
              {`: ${message}. ${next}`}
            </List.Item>
          ))}
        </List>
      </Collapsible>
    </BlockStack>
  );
}
