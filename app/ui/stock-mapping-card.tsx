import {
  Autocomplete,
  BlockStack,
  Box,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Select,
  Text,
} from "@shopify/polaris";
import { DeleteIcon, PlusIcon } from "@shopify/polaris-icons";
import { useEffect, useRef } from "react";

import type { MappedPlaces } from "#app/erp/inventory/mapped-places.ts";
import type { StockFormErrors, StockPair } from "#app/settings/stock-form.ts";

import { placeChoices, erpPlaceChoices } from "./stock-place-words.ts";

/** The lines of the mapping: a location of the ERP's, typed or chosen, and Shopify's that it feeds. */
export function StockMappingCard({
  pairs,
  errors,
  places,
  onChange,
}: {
  pairs: readonly StockPair[];
  errors: StockFormErrors;
  places: MappedPlaces;
  onChange: (pairs: StockPair[]) => void;
}) {
  const card = useRef<HTMLDivElement>(null);
  const focusOn = useRef<string | null>(null);
  useEffect(() => {
    if (focusOn.current === null) return;
    card.current?.querySelector<HTMLElement>(focusOn.current)?.focus();
    focusOn.current = null;
  }, [pairs.length]);
  return (
    <Card>
      <div ref={card}>
        <BlockStack gap="300">
          <Text as="h3" variant="headingSm">
            Which feeds which
          </Text>
          {pairs.length === 0 ? (
            <Text as="p" tone="subdued">
              No line: each location of the ERP feeds Shopify&apos;s with the same id.
            </Text>
          ) : null}
          {pairs.map((pair, place) => (
            <MappingLine
              key={place}
              {...{ pair, place, places }}
              wrong={errors[place] ?? {}}
              onChange={(change) => {
                onChange(pairs.map((one, at) => (at === place ? { ...one, ...change } : one)));
              }}
              onRemove={() => {
                focusOn.current = "#add-mapping-line";
                onChange(pairs.filter((_, at) => at !== place));
              }}
            />
          ))}
          <InlineStack>
            <Button
              id="add-mapping-line"
              icon={PlusIcon}
              onClick={() => {
                focusOn.current = `#mapping-erp-${String(pairs.length)}`;
                onChange([...pairs, { erp: "", shopify: "" }]);
              }}
            >
              Add a line
            </Button>
          </InlineStack>
        </BlockStack>
      </div>
    </Card>
  );
}

const BELOW_ANOTHER = {
  paddingBlockStart: "300",
  borderBlockStartWidth: "025",
  borderColor: "border-secondary",
} as const;

function MappingLine({
  pair,
  place,
  places,
  wrong,
  onChange,
  onRemove,
}: {
  pair: StockPair;
  place: number;
  places: MappedPlaces;
  wrong: Partial<Record<keyof StockPair, string>>;
  onChange: (change: Partial<StockPair>) => void;
  onRemove: () => void;
}) {
  const number = String(place + 1);
  const shopify = placeChoices(places, pair.shopify);
  return (
    <div role="group" aria-label={`Line ${number}`}>
      <Box {...(place === 0 ? {} : BELOW_ANOTHER)}>
        <InlineGrid columns={{ xs: "minmax(0, 1fr)", sm: "minmax(0, 1fr) minmax(0, 1fr) auto" }} gap="200">
          <Autocomplete
            options={erpPlaceChoices(places, pair.erp)}
            selected={[]}
            onSelect={([erp = ""]) => {
              onChange({ erp });
            }}
            textField={
              <Autocomplete.TextField
                id={`mapping-erp-${String(place)}`}
                label="Location in the ERP"
                autoComplete="off"
                maxLength={50}
                value={pair.erp}
                error={wrong.erp}
                placeholder="Type or choose"
                onChange={(erp) => {
                  onChange({ erp });
                }}
              />
            }
          />
          <Select
            label="Feeds in Shopify"
            options={[{ value: "", label: "Choose…" }, ...shopify]}
            value={pair.shopify}
            error={wrong.shopify}
            onChange={(value) => {
              onChange({ shopify: value });
            }}
          />
          <Box paddingBlockStart={{ xs: "0", sm: "600" }}>
            <Button
              icon={DeleteIcon}
              variant="tertiary"
              tone="critical"
              accessibilityLabel={`Remove line ${number}${pair.erp === "" ? "" : `: ${pair.erp}`}`}
              onClick={onRemove}
            />
          </Box>
        </InlineGrid>
      </Box>
    </div>
  );
}
