import { Box, Button, Card, Text } from "@shopify/polaris";
import { useState } from "react";

import type { StockLocation, StockSums } from "#app/erp/inventory/stock-item.ts";

import type { Format } from "./format.ts";
import type { ListColumn } from "./resource-list.tsx";
import { RowsTable } from "./rows-table.tsx";
import { useFormat } from "./shop-format.tsx";
import { locationName } from "./stock-words.ts";
import { useStockSums } from "./use-stock-sums.ts";

/** Of more locations than these only a few are shown at first: the list of items stands below. */
const MOST_SHOWN = 7;
const FEW = 5;

const FIGURES = [
  { title: "Levels", of: "items" },
  { title: "Available", of: "available" },
  { title: "On hand", of: "onHand" },
  { title: "Committed", of: "committed" },
  { title: "Incoming", of: "incoming" },
] as const;

type Figures = Omit<StockSums, "id">;
/** `figures` are null until they were counted. */
type Row = { id: string; name: string; isTotal: boolean; figures: Figures | null };

const NOTHING: Figures = { items: 0, available: 0, onHand: 0, committed: 0, incoming: 0 };

/** What there is at each location, and in all. */
export function StockLocationsCard({
  locations,
  sync,
}: {
  locations: readonly StockLocation[];
  /** Which stock sync was the last, and how far it is. */
  sync: string;
}) {
  const format = useFormat();
  const [isWhole, showWhole] = useState(false);
  const { sums, lost } = useStockSums(sync);
  const shown = isWhole || locations.length <= MOST_SHOWN ? locations : locations.slice(0, FEW);
  const rows: Row[] = shown.map((location) => ({
    ...{ id: location.id, name: nameOf(location), isTotal: false },
    figures: sums && (sums.find(({ id }) => id === location.id) ?? NOTHING),
  }));
  const total: Row = { id: "all", name: "All locations", isTotal: true, figures: sums && sumOf(sums) };
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <Text as="h2" variant="headingMd">
          Stock by location
        </Text>
        {lost ? (
          <Text as="p" tone="subdued">
            The stock could not be summed just now; it is tried again within a minute.
          </Text>
        ) : null}
      </Box>
      <RowsTable
        resource={{ singular: "location", plural: "locations" }}
        rows={locations.length > 1 ? [...rows, total] : rows}
        idOf={({ id }) => id}
        columns={[
          { title: "Location", cell: (row) => <Name row={row} /> },
          ...FIGURES.map(({ title, of }): ListColumn<Row> => ({
            title,
            numeric: true,
            cell: ({ figures, isTotal }) => (
              <Text as="span" fontWeight={isTotal ? "semibold" : "regular"}>
                {figures ? format.number(figures[of]) : "…"}
              </Text>
            ),
          })),
        ]}
        compact={(row) => (
          <>
            <Text as="span" fontWeight="semibold">
              {row.name}
            </Text>
            <Text as="span" tone="subdued">
              {row.figures ? inWords(row.figures, format) : "…"}
            </Text>
          </>
        )}
      />
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

function Name({ row: { name, isTotal } }: { row: Row }) {
  return (
    <Text as="span" fontWeight={isTotal ? "semibold" : "regular"}>
      {name}
    </Text>
  );
}

function nameOf(location: StockLocation): string {
  return location.isActive ? locationName(location) : `${locationName(location)} (not active)`;
}

function sumOf(sums: readonly Figures[]): Figures {
  const total = { ...NOTHING };
  for (const one of sums) for (const { of } of FIGURES) total[of] += one[of];
  return total;
}

function inWords(figures: Figures, format: Format): string {
  return FIGURES.map(({ title, of }) => `${format.number(figures[of])} ${title.toLowerCase()}`).join(" · ");
}
