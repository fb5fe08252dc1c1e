import { BlockStack, Text } from "@shopify/polaris";

import type { RemittanceEntry } from "#app/erp/actions/remittance.ts";

import { counted } from "./counted.ts";
import { RemittanceLeftOutPart } from "./remittance-left-out.tsx";
import type { RemittancePreview } from "./remittance-view.ts";
import { RowsTable } from "./rows-table.tsx";
import { useFormat } from "./shop-format.tsx";

/** What a file says, before anything is booked: how much in all, its first rows, and what of it cannot be read. */
export function RemittancePreviewPart({ preview }: { preview: RemittancePreview }) {
  const format = useFormat();
  const { count, amount, deduction, days, entries, leftOut } = preview;
  return (
    <BlockStack gap="300">
      <RemittanceLeftOutPart
        leftOut={leftOut}
        title={
          leftOut.csv === null
            ? "The file cannot be read as it is"
            : `${counted(format, leftOut.count, "row", "rows")} cannot be read and will be left out`
        }
      />
      {days === null ? null : (
        <>
          <Text as="p">
            {[
              `${counted(format, count, "row", "rows")} to book`,
              `${amount} paid out`,
              `${deduction} kept by the courier`,
              days.first === days.last
                ? `paid on ${format.day(days.first)}`
                : `paid from ${format.day(days.first)} to ${format.day(days.last)}`,
            ].join(" · ")}
          </Text>
          <RowsTable<RemittanceEntry>
            resource={{ singular: "row", plural: "rows" }}
            rows={entries}
            idOf={(entry) =>
              `${entry.awbNumber} ${entry.reference} ${entry.amount} ${String(entries.indexOf(entry))}`
            }
            columns={[
              { title: "AWB", cell: ({ awbNumber }) => awbNumber },
              { title: "Amount", numeric: true, cell: (entry) => entry.amount },
              { title: "Deduction", numeric: true, cell: (entry) => entry.deduction },
              { title: "Reference", cell: ({ reference }) => reference },
              { title: "Paid on", cell: ({ date }) => format.day(date) },
            ]}
            compact={(entry) => (
              <>
                <Text as="span" fontWeight="semibold" breakWord>
                  {entry.awbNumber}
                </Text>
                <Text as="span">{`${entry.amount} paid out · ${entry.deduction} kept`}</Text>
                <Text as="span" tone="subdued" breakWord>
                  {`${entry.reference} · ${format.day(entry.date)}`}
                </Text>
              </>
            )}
          />
          {count > entries.length ? (
            <Text as="p" tone="subdued">{`The first ${format.number(entries.length)} rows are shown.`}</Text>
          ) : null}
        </>
      )}
    </BlockStack>
  );
}
