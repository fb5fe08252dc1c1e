import { BlockStack, InlineStack, Text } from "@shopify/polaris";

import type { StockCompareRow } from "#app/erp/inventory/stock-compare-row.ts";

import type { Format } from "./format.ts";
import type { ListColumn } from "./resource-list.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { comparedId, type StockCompareView } from "./stock-compare-view.ts";
import {
  comparedPlace,
  differenceWords,
  orderedSinceWords,
  targetWords,
  whySkipped,
  wishWords,
} from "./stock-compare-words.ts";

/** What a person calls a compared level: its SKU code, else what the catalogue calls it. */
export const comparedName = ({ skuCode, title }: StockCompareRow) => skuCode ?? title;

const shopifyNow = ({ shopifyQty }: StockCompareRow, format: Format) =>
  shopifyQty === null ? "—" : format.number(shopifyQty);

/** What the ERP would have Shopify show, and how that comes about, so that it can be added up. */
function Target({ row, format }: { row: StockCompareRow; format: Format }) {
  if (row.skipped === "nothing_said") return "—";
  const sum = targetWords(row, format);
  return (
    <BlockStack>
      <Text as="span" fontWeight="semibold" numeric>
        {format.number(row.targetQty)}
      </Text>
      {sum === null ? null : (
        <Text as="span" tone="subdued" variant="bodySm">
          {`= ${sum}`}
        </Text>
      )}
    </BlockStack>
  );
}

type Wishes = StockCompareView["wishes"];

function Notes({ row, wishes, format }: { row: StockCompareRow; wishes: Wishes; format: Format }) {
  const ordered = orderedSinceWords(row, format);
  const { skipped } = row;
  const why = whySkipped(row);
  const wish = wishes[comparedId(row)];
  const notes = [
    ...(wish === undefined ? [] : [{ status: wish, words: wishWords[wish] }]),
    ...(skipped === null || why === null ? [] : [{ status: skipped, words: why }]),
    ...(ordered === null ? [] : [{ status: "ordered_since", words: ordered }]),
  ];
  return (
    <BlockStack gap="100">
      {notes.map(({ status, words }) => (
        <BlockStack key={status} gap="050">
          <InlineStack>
            <StatusBadge of="stockCompare" status={status} />
          </InlineStack>
          <Text as="span" tone="subdued" variant="bodySm" breakWord>
            {words}
          </Text>
        </BlockStack>
      ))}
    </BlockStack>
  );
}

const wrapped = { whiteSpace: "normal", minWidth: "9rem" } as const;

export function stockCompareColumns(wishes: Wishes, format: Format): ListColumn<StockCompareRow>[] {
  return [
    {
      title: "Location",
      cell: (row) => (
        <div style={{ ...wrapped, minWidth: "6rem" }}>
          <BlockStack>
            <Text as="span">{comparedPlace(row)}</Text>
            {row.skuCode === null ? null : (
              <Text as="span" tone="subdued" variant="bodySm" breakWord>
                {row.title}
              </Text>
            )}
          </BlockStack>
        </div>
      ),
    },
    {
      title: "ERP to sell",
      numeric: true,
      cell: (row) => (
        <div style={{ ...wrapped, minWidth: "7rem" }}>
          <Target row={row} format={format} />
        </div>
      ),
    },
    { title: "Shopify now", numeric: true, cell: (row) => shopifyNow(row, format) },
    {
      title: "Difference",
      numeric: true,
      cell: ({ difference, skipped }) => (
        <Text as="span" fontWeight={skipped === null ? "semibold" : "regular"}>
          {skipped === null ? differenceWords(difference, format) : "—"}
        </Text>
      ),
    },
    {
      title: "Notes",
      cell: (row) => (
        <div style={{ ...wrapped, maxWidth: "18rem" }}>
          <Notes {...{ row, wishes, format }} />
        </div>
      ),
    },
  ];
}

/** A compared level as a phone shows it. */
export function CompactCompared({
  row,
  wishes,
  format,
}: {
  row: StockCompareRow;
  wishes: Wishes;
  format: Format;
}) {
  const sum = row.skipped === "nothing_said" ? null : targetWords(row, format);
  const erp = row.skipped === "nothing_said" ? "—" : format.number(row.targetQty);
  return (
    <BlockStack gap="100">
      <Text as="span" tone="subdued" breakWord>
        {[row.skuCode === null ? null : row.title, comparedPlace(row)].filter(Boolean).join(" · ")}
      </Text>
      <Text as="span">
        {`ERP ${erp} · Shopify ${shopifyNow(row, format)}${row.skipped === null ? ` · ${differenceWords(row.difference, format)}` : ""}`}
      </Text>
      {sum === null ? null : (
        <Text as="span" tone="subdued" variant="bodySm" breakWord>
          {`${erp} = ${sum}`}
        </Text>
      )}
      <Notes {...{ row, wishes, format }} />
    </BlockStack>
  );
}
