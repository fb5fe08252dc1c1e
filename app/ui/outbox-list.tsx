import { Text } from "@shopify/polaris";

import { outboxStatuses, type OutboxStatus } from "#app/outbox/outbox-status.ts";
import type { OutboxRow } from "#app/writeback/outbox-row.ts";

import type { ListFilter, ListSortChoice, ListView } from "./list-filters.tsx";
import { OpenButton, Standing, Wide } from "./outbox-cells.tsx";
import type { OutboxListView } from "./outbox-view.ts";
import { outboxPath, outboxSubject, outboxWish } from "./outbox-words.ts";
import { ResourceList } from "./resource-list.tsx";
import { useFormat } from "./shop-format.tsx";
import { statusLook } from "./status-words.ts";
import { useGo } from "./use-go.ts";
import { useOutboxDialog } from "./use-outbox-dialog.tsx";
import { writeBackWords } from "./write-back-words.ts";

/** What waits for a person. */
const toDecide: readonly OutboxStatus[] = ["conflict", "refused"];

const views: readonly ListView[] = [
  { label: "All", params: {} },
  { label: "Needs a decision", params: { status: toDecide } },
  { label: "Waiting", params: { status: ["waiting"] } },
  { label: "Sent", params: { status: ["sent", "already"] } },
];
const filters: readonly ListFilter[] = [
  {
    ...{ kind: "choices", name: "status", label: "Status" },
    options: outboxStatuses.map((value) => ({
      value,
      label: value === "waiting" ? "Waiting" : statusLook("outbox", value).words,
    })),
  },
  {
    ...{ kind: "choices", name: "kind", label: "Kind" },
    // A move goes along with a fulfilment: it is no update of its own.
    options: Object.entries(writeBackWords)
      .filter(([kind]) => kind !== "fulfillmentOrderMove")
      .map(([value, label]) => ({ value, label })),
  },
];
const sorts: readonly ListSortChoice[] = [
  { label: "Wished", value: "created desc", directionLabel: "Newest first" },
  { label: "Wished", value: "created asc", directionLabel: "Oldest first" },
];

/** Everything that was wished in Shopify: what waits for what, what was sent, and what a person decides. */
export function OutboxList({ page, ignored }: Pick<OutboxListView, "page" | "ignored">) {
  const { open, dialog } = useOutboxDialog();
  const format = useFormat();
  const go = useGo();
  return (
    <>
      <ResourceList<OutboxRow>
        resource={{ singular: "update", plural: "updates" }}
        page={page}
        ignored={ignored}
        idOf={({ id }) => id}
        primary={{ title: "Of", words: outboxSubject, path: outboxPath }}
        columns={[
          { title: "Update", cell: (row) => <Wide>{outboxWish(row, format)}</Wide> },
          { title: "Status", cell: (row) => <Standing row={row} /> },
          { title: "Wished", cell: ({ createdAt }) => format.dateTime(createdAt) },
          { title: "Tries", numeric: true, cell: ({ attempts }) => format.number(attempts) },
          { title: "Details", cell: (row) => <OpenButton row={row} onOpen={open} /> },
        ]}
        compact={(row) => (
          <>
            <Text as="span" breakWord>
              {outboxWish(row, format)}
            </Text>
            <Standing row={row} />
            <Text as="span" tone="subdued">
              {`Wished ${format.dateTime(row.createdAt)}`}
            </Text>
            <div>
              <OpenButton row={row} onOpen={open} />
            </div>
          </>
        )}
        searchLabel="Search by order number, AWB or SKU"
        {...{ filters, views, sorts }}
        empty={{
          heading: "Nothing to tell Shopify yet",
          text: "Once you hand over, cancel or book something on an order here, what Shopify is to be told of it is listed on this page.",
          action: {
            label: "Open orders",
            onAction: () => {
              go("/app/orders");
            },
          },
        }}
      />
      {dialog}
    </>
  );
}
