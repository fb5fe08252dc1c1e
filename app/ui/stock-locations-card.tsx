import { Box, Button, Card, IndexTable, Text, BlockStack, useBreakpoints } from "@shopify/polaris";
import { useState } from "react";

import type { StockLocation } from "#app/erp/inventory/stock-item.ts";

import type { Format } from "./format.ts";
import { useFormat } from "./shop-format.tsx";
import { locationName } from "./stock-words.ts";

/** Of more locations than these only a few are shown at first: the list of items stands below. */
const MOST_SHOWN = 7;
const FEW = 5;

type Sums = Pick<StockLocation, "items" | "available" | "onHand" | "committed" | "incoming">;

const COLUMNS: readonly { title: string; of: (sums: Sums) => number }[] = [
  { title: "Levels", of: ({ items }) => items },
  { title: "Available", of: ({ available }) => available },
  { title: "On hand", of: ({ onHand }) => onHand },
  { title: "Committed", of: ({ committed }) => committed },
  { title: "Incoming", of: ({ incoming }) => incoming },
];

/** What there is at each location, and in all. */
export function StockLocationsCard({ locations }: { locations: readonly StockLocation[] }) {
  const format = useFormat();
  const { smDown } = useBreakpoints();
  const [isWhole, showWhole] = useState(false);
  const shown = isWhole || locations.length <= MOST_SHOWN ? locations : locations.slice(0, FEW);
  const rows = [
    ...shown.map((location) => ({ id: location.id, name: nameOf(location), sums: location })),
    ...(locations.length > 1 ? [{ id: "all", name: "All locations", sums: sumOf(locations) }] : []),
  ];
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <Text as="h2" variant="headingMd">
          Stock by location
        </Text>
      </Box>
      <IndexTable
        resourceName={{ singular: "location", plural: "locations" }}
        selectable={false}
        condensed={smDown}
        itemCount={rows.length}
        headings={[
          { title: "Location" },
          ...COLUMNS.map(({ title }) => ({ title, alignment: "end" as const })),
        ]}
      >
        {rows.map(({ id, name, sums }, index) => (
          <IndexTable.Row key={id} id={id} position={index}>
            {smDown ? (
              <Box paddingInline="400" paddingBlock="200">
                <BlockStack>
                  <Text as="span" fontWeight="semibold">
                    {name}
                  </Text>
                  <Text as="span" tone="subdued">
                    {inWords(sums, format)}
                  </Text>
                </BlockStack>
              </Box>
            ) : (
              <>
                <IndexTable.Cell>
                  <Text as="span" fontWeight={id === "all" ? "semibold" : "regular"}>
                    {name}
                  </Text>
                </IndexTable.Cell>
                {COLUMNS.map(({ title, of }) => (
                  <IndexTable.Cell key={title}>
                    <Text
                      as="span"
                      alignment="end"
                      numeric
                      fontWeight={id === "all" ? "semibold" : "regular"}
                    >
                      {format.number(of(sums))}
                    </Text>
                  </IndexTable.Cell>
                ))}
              </>
            )}
          </IndexTable.Row>
        ))}
      </IndexTable>
      {shown.length === locations.length ? null : (
        <Box padding="300">
          <Button
            variant="plain"
            onClick={() => {
              showWhole(true);
            }}
          >
            {`Show all ${format.number(locations.length)} locations`}
          </Button>
        </Box>
      )}
    </Card>
  );
}

function nameOf(location: StockLocation): string {
  return location.isActive ? locationName(location) : `${locationName(location)} (not active)`;
}

function sumOf(locations: readonly Sums[]): Sums {
  const sum = (of: (sums: Sums) => number) => locations.reduce((total, one) => total + of(one), 0);
  return {
    items: sum(({ items }) => items),
    available: sum(({ available }) => available),
    onHand: sum(({ onHand }) => onHand),
    committed: sum(({ committed }) => committed),
    incoming: sum(({ incoming }) => incoming),
  };
}

function inWords(sums: Sums, format: Format): string {
  return COLUMNS.map(({ title, of }) => `${format.number(of(sums))} ${title.toLowerCase()}`).join(" · ");
}
