import { BlockStack, ChoiceList, Select, Text, TextField } from "@shopify/polaris";
import { useRef, useState } from "react";

import type { ErpStockAt } from "#app/erp/inventory/erp-stock.ts";
import type { StockItem } from "#app/erp/inventory/stock-item.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import type { PageAnswer } from "./page-answer.ts";
import { useFormat } from "./shop-format.tsx";
import { itemName } from "./stock-words.ts";

/** `key`: what was asked for twice, because no answer came, is done once. */
export type StockChange = { change: string; locationId: string; units: string; key: string };

const FROM_NONE = "A whole number, 0 or more";
const CHANGES = [
  { value: "set", label: "Set what can be sold", field: "Sellable units", wrong: FROM_NONE },
  {
    value: "adjust",
    label: "Add to it, or take off",
    field: "Units to add (take off with a minus)",
    wrong: "A whole number, like 5 or -5",
  },
  { value: "safety", label: "Set the safety stock", field: "Units never told to Shopify", wrong: FROM_NONE },
] as const;
type Change = (typeof CHANGES)[number]["value"];

/** Asks what the ERP's own stock of a SKU is at a location. */
export function ErpStockModal({
  item,
  stock,
  places,
  first,
  isBusy,
  answer,
  onClose,
  onSave,
}: {
  item: StockItem;
  stock: readonly ErpStockAt[];
  /** Where the ERP keeps goods. */
  places: readonly { id: string; name: string }[];
  /** Which of them is meant as long as nobody chose: where the first level is, null where that is not clear. */
  first: string | null;
  isBusy: boolean;
  answer: PageAnswer | undefined;
  onClose: () => void;
  onSave: (change: StockChange) => void;
}) {
  const format = useFormat();
  const [locationId, setLocation] = useState(
    () => (places.find(({ id }) => id === first) ?? places[0])?.id ?? "",
  );
  const [change, setChange] = useState<Change>("set");
  const [units, setUnits] = useState("");
  const [isAsked, setAsked] = useState(false);
  const wish = useRef({ of: "", key: "" });
  const keyOf = (...what: string[]) => {
    const of = what.join(" ");
    if (wish.current.of !== of) wish.current = { of, key: crypto.randomUUID() };
    return wish.current.key;
  };
  const isRight = (change === "adjust" ? /^-?\d{1,9}$/ : /^\d{1,9}$/).test(units.trim());
  const now = stock.find((one) => one.skuId === item.sku?.id && one.locationId === locationId);
  return (
    <AppModal
      open
      onClose={onClose}
      title={`ERP stock of ${itemName(item)}`}
      primaryAction={{
        content: "Save",
        loading: isBusy,
        onAction: () => {
          setAsked(true);
          const wanted = { change, locationId, units: units.trim() };
          if (isRight) onSave({ ...wanted, key: keyOf(...Object.values(wanted)) });
        },
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <BlockStack gap="400">
        <AnswerProblem answer={answer} isBeside />
        <Select
          label="Location"
          options={places.map(({ id, name }) => ({ value: id, label: name }))}
          value={locationId}
          onChange={setLocation}
        />
        <Text as="p" tone="subdued">
          {now === undefined
            ? "The ERP has said nothing of it there yet."
            : `Now: ${format.number(now.sellableQty)} sellable, ${format.number(now.safetyStockQty)} kept back.`}
        </Text>
        <ChoiceList
          title="What changes"
          choices={CHANGES.map(({ value, label }) => ({ value, label }))}
          selected={[change]}
          onChange={([chosen]) => {
            setChange(CHANGES.find(({ value }) => value === chosen)?.value ?? change);
          }}
        />
        <TextField
          label={CHANGES.find(({ value }) => value === change)?.field}
          type="number"
          value={units}
          onChange={setUnits}
          autoComplete="off"
          error={isAsked && !isRight ? CHANGES.find(({ value }) => value === change)?.wrong : undefined}
        />
        <Text as="p" tone="subdued">
          Shopify is told only where the ERP leads the stock, and once sending it was allowed on “Compare
          stock”.
        </Text>
      </BlockStack>
    </AppModal>
  );
}
