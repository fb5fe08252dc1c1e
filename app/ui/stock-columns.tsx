import { BlockStack, InlineStack, Text } from "@shopify/polaris";

import type { StockAtLocation, StockItem, StockLocation } from "#app/erp/inventory/stock-item.ts";

import type { Format } from "./format.ts";
import type { ListColumn } from "./resource-list.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { availableOf, lastSyncedOf, locationName, quantityWords, stockProblems } from "./stock-words.ts";

/** More columns than these fit no screen: the locations then stand below each other in one. */
const MOST_COLUMNS = 4;

/** The columns of the list of stock: one for each location where there are few. */
export function stockColumns(
  { locations, isGone }: { locations: readonly StockLocation[]; isGone: boolean },
  format: Format,
): ListColumn<StockItem>[] {
  const places = locations.filter(({ isStocked }) => isStocked);
  const areFew = places.length <= MOST_COLUMNS && !isGone;
  return [
    {
      title: "Item",
      cell: (item) => (
        // A table's cells do not wrap by themselves: a long title would push the quantities out of the page.
        <div style={{ whiteSpace: "normal", minWidth: "9rem" }}>
          <BlockStack gap="100">
            <Text as="span" breakWord>
              {item.sku?.title ?? `Inventory item ${item.itemId}`}
            </Text>
            <LastChange item={item} format={format} />
            <Problems item={item} />
          </BlockStack>
        </div>
      ),
    },
    ...(areFew
      ? places.map((place): ListColumn<StockItem> => ({
          title: locationName(place),
          numeric: true,
          cell: ({ levels }) => (
            <Level level={levels.find(({ locationId }) => locationId === place.id)} format={format} />
          ),
        }))
      : [
          {
            title: "By location",
            cell: (item: StockItem) => <LevelsInWords item={item} locations={locations} format={format} />,
          },
        ]),
    ...(isGone
      ? []
      : [
          {
            title: "Available in all",
            numeric: true,
            cell: (item: StockItem) => numberOrDash(availableOf(item), format),
          },
        ]),
  ];
}

/** An item as a phone shows it. */
export function CompactStockItem({
  item,
  locations,
  format,
}: {
  item: StockItem;
  locations: readonly StockLocation[];
  format: Format;
}) {
  return (
    <BlockStack gap="100">
      {item.sku === null || item.sku.skuCode === null ? null : (
        <Text as="span" tone="subdued" breakWord>
          {item.sku.title}
        </Text>
      )}
      <LevelsInWords item={item} locations={locations} format={format} />
      <LastChange item={item} format={format} />
      <Problems item={item} />
    </BlockStack>
  );
}

function LastChange({ item, format }: { item: StockItem; format: Format }) {
  const last = lastSyncedOf(item);
  if (last === null) return null;
  return (
    <Text as="span" tone="subdued" variant="bodySm">
      {`Last change ${format.dateTime(last)}`}
    </Text>
  );
}

function Problems({ item }: { item: StockItem }) {
  const problems = stockProblems(item);
  if (problems.length === 0 && item.sku?.tracked !== false) return null;
  return (
    <InlineStack gap="100">
      {problems.map((problem) => (
        <StatusBadge key={problem} of="stock" status={problem} />
      ))}
      {item.sku?.tracked === false ? (
        <Text as="span" tone="subdued">
          Not tracked
        </Text>
      ) : null}
    </InlineStack>
  );
}

function Level({ level, format }: { level: StockAtLocation | undefined; format: Format }) {
  if (level === undefined) return "—";
  const others = quantityWords(level, format).split(" · ").filter(Boolean);
  return (
    <BlockStack>
      <Text as="span" fontWeight="semibold" tone={(level.available ?? 0) < 0 ? "critical" : undefined}>
        {numberOrDash(level.available, format)}
      </Text>
      {others.map((words) => (
        <Text key={words} as="span" tone="subdued" variant="bodySm">
          {words}
        </Text>
      ))}
    </BlockStack>
  );
}

function LevelsInWords({
  item,
  locations,
  format,
}: {
  item: StockItem;
  locations: readonly StockLocation[];
  format: Format;
}) {
  return (
    <BlockStack>
      {item.levels.map((level) => {
        const place = locations.find(({ id }) => id === level.locationId);
        const name = locationName(place ?? { id: level.locationId, name: null });
        return (
          <Text key={level.locationId} as="span" breakWord>
            {`${name}: ${levelWords(level, format)}`}
          </Text>
        );
      })}
    </BlockStack>
  );
}

function levelWords(level: StockAtLocation, format: Format): string {
  if (level.goneAt !== null) return `gone since ${format.dateTime(level.goneAt)}`;
  const available = level.available === null ? "not told" : `${format.number(level.available)} available`;
  return [available, quantityWords(level, format)].filter(Boolean).join(" · ");
}

function numberOrDash(value: number | null, format: Format): string {
  return value === null ? "—" : format.number(value);
}
