import { BlockStack, Button, InlineStack, Link, Text } from "@shopify/polaris";
import { useState } from "react";

import type { RemittanceRow } from "#app/erp/actions/remittance-row.ts";
import { remittanceProblems } from "#app/erp/actions/remittance.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { ListFilter, ListSortChoice, ListView } from "./list-filters.tsx";
import { moneyWords } from "./money-words.ts";
import type { PageAnswer } from "./page-answer.ts";
import type { RemittanceListView } from "./remittance-view.ts";
import { remittanceProblemWords } from "./remittance-words.ts";
import { ResourceList } from "./resource-list.tsx";
import { SettleRemittanceModal, type SettleDecision } from "./settle-remittance-modal.tsx";
import { useFormat } from "./shop-format.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { useIntent } from "./use-intent.ts";

const views: readonly ListView[] = [
  { label: "All", params: {} },
  { label: "Differences", params: { status: ["open"] } },
  { label: "Booked", params: { status: ["booked", "accepted"] } },
  { label: "Dismissed", params: { status: ["dismissed"] } },
];
const filters: readonly ListFilter[] = [
  {
    ...{ kind: "choices", name: "status", label: "Status" },
    options: [
      { value: "open", label: "Waits for a person" },
      { value: "booked", label: "Booked" },
      { value: "accepted", label: "Booked by a person" },
      { value: "dismissed", label: "Dismissed" },
    ],
  },
  {
    ...{ kind: "choices", name: "problem", label: "Difference" },
    options: remittanceProblems.map((value) => ({ value, label: remittanceProblemWords[value] })),
  },
];
const sorts: readonly ListSortChoice[] = [
  { label: "Came", value: "created desc", directionLabel: "Newest first" },
  { label: "Came", value: "created asc", directionLabel: "Oldest first" },
];

type Asked = { row: RemittanceRow; decision: SettleDecision; before: PageAnswer | undefined };

/** What couriers paid out; what does not fit waits here for a person's word. */
export function RemittanceList({ page, ignored }: RemittanceListView) {
  const { send, pending, answer } = useIntent("remittance-settle");
  const [asked, ask] = useState<Asked | null>(null);
  const news = asked !== null && answer !== asked.before ? answer : undefined;
  const open = news?.ok ? null : asked;
  const format = useFormat();
  const settle = (row: RemittanceRow) => (
    <SettleButtons
      row={row}
      onAsk={(decision) => {
        ask({ row, decision, before: answer });
      }}
    />
  );
  return (
    <>
      <ResourceList<RemittanceRow>
        resource={{ singular: "remittance", plural: "remittances" }}
        page={page}
        ignored={ignored}
        idOf={({ id }) => id}
        primary={{ title: "AWB", words: ({ awbNumber }) => awbNumber, path: orderPath }}
        columns={[
          { title: "Status", cell: (row) => <StatusBadge of="remittance" status={row.status} /> },
          { title: "Paid out", numeric: true, cell: ({ amount }) => amount },
          { title: "Deduction", numeric: true, cell: ({ deduction }) => deduction },
          { title: "Reference", cell: ({ reference, date }) => <Reference {...{ reference, date }} /> },
          { title: "Details", cell: (row) => <Details row={row} /> },
          { title: "Action", cell: settle },
        ]}
        compact={(row) => (
          <>
            <InlineStack gap="200">
              <StatusBadge of="remittance" status={row.status} />
            </InlineStack>
            <Text as="span">{`${row.amount} paid out · ${row.deduction} kept`}</Text>
            <Text as="span" tone="subdued" breakWord>
              {`${row.reference} · ${format.day(row.date)}`}
            </Text>
            <Details row={row} />
            {settle(row)}
          </>
        )}
        searchLabel="Search by AWB or reference"
        {...{ filters, views, sorts }}
        empty={{
          heading: "No remittances yet",
          text: "Choose a courier's CSV above, or send remittances by the API. Each AWB is then listed here.",
        }}
      />
      {open === null ? null : (
        <SettleRemittanceModal
          key={`${open.row.id} ${open.decision}`}
          row={open.row}
          decision={open.decision}
          isBusy={pending("intent") !== null}
          answer={news}
          onClose={() => {
            ask(null);
          }}
          onSettle={(order) => {
            const { id } = open.row;
            send(open.decision === "accept" ? { intent: "accept", id, order } : { intent: "dismiss", id });
          }}
        />
      )}
    </>
  );
}

/** Where it was booked; on several orders, none is more its own than another. */
function orderPath({ orderIds }: RemittanceRow): string | null {
  const [first, other] = orderIds;
  return first === undefined || other !== undefined ? null : `/app/orders/${first}`;
}

function Reference({ reference, date }: Pick<RemittanceRow, "reference" | "date">) {
  const format = useFormat();
  return (
    <BlockStack>
      <Text as="span" breakWord>
        {reference}
      </Text>
      <Text as="span" tone="subdued" variant="bodySm">
        {format.day(date)}
      </Text>
    </BlockStack>
  );
}

function Details({ row: { words, orderIds, problem, status } }: { row: RemittanceRow }) {
  const href = useEmbeddedHref();
  const format = useFormat();
  return (
    <BlockStack>
      {problem === null ? null : (
        <Text as="span" fontWeight={status === "open" ? "semibold" : undefined}>
          {remittanceProblemWords[problem]}
        </Text>
      )}
      <Text as="span" tone="subdued" breakWord>
        {moneyWords(words, format)}
      </Text>
      {orderIds.length < 2 ? null : (
        <InlineStack gap="200">
          {orderIds.map((id) => (
            <Link key={id} url={href(`/app/orders/${id}`)}>{`Order ${id}`}</Link>
          ))}
        </InlineStack>
      )}
    </BlockStack>
  );
}

function SettleButtons({ row, onAsk }: { row: RemittanceRow; onAsk: (decision: SettleDecision) => void }) {
  if (row.status !== "open") return null;
  return (
    <InlineStack gap="200" wrap={false}>
      <Button
        accessibilityLabel={`Book ${row.awbNumber} as it came`}
        onClick={() => {
          onAsk("accept");
        }}
      >
        Book
      </Button>
      <Button
        accessibilityLabel={`Dismiss ${row.awbNumber}`}
        onClick={() => {
          onAsk("dismiss");
        }}
      >
        Dismiss
      </Button>
    </InlineStack>
  );
}
