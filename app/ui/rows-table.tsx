import { BlockStack, Box, IndexTable, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

import { useIsNarrow } from "./narrow.tsx";
import type { ListColumn } from "./resource-list.tsx";

/** A short table inside a card: columns on a desk, one under the other on a phone. */
export function RowsTable<Row>({
  resource,
  rows,
  idOf,
  columns,
  compact,
}: {
  resource: { singular: string; plural: string };
  rows: readonly Row[];
  idOf: (row: Row) => string;
  columns: readonly [ListColumn<Row>, ...ListColumn<Row>[]];
  /** What a phone shows of a row. */
  compact: (row: Row) => ReactNode;
}) {
  const isNarrow = useIsNarrow();
  const [first, ...rest] = columns;
  return (
    <IndexTable
      resourceName={resource}
      selectable={false}
      condensed={isNarrow}
      itemCount={rows.length}
      headings={[headingOf(first), ...rest.map(headingOf)]}
    >
      {rows.map((row, index) => (
        <IndexTable.Row key={idOf(row)} id={idOf(row)} position={index}>
          {isNarrow ? (
            <Box padding="400">
              <BlockStack gap="100" inlineAlign="start">
                {compact(row)}
              </BlockStack>
            </Box>
          ) : (
            columns.map(({ title, numeric, cell }) => (
              <IndexTable.Cell key={title}>
                {numeric ? (
                  <Text as="span" alignment="end" numeric>
                    {cell(row)}
                  </Text>
                ) : (
                  cell(row)
                )}
              </IndexTable.Cell>
            ))
          )}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

function headingOf<Row>({ title, numeric }: ListColumn<Row>) {
  return { title, alignment: numeric ? ("end" as const) : ("start" as const) };
}
