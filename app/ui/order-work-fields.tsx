import { BlockStack, Checkbox, ChoiceList, FormLayout, Select, Text, TextField } from "@shopify/polaris";

import type { ErpOrderWithParts } from "#app/erp/orders/erp-order-with-parts.ts";

import type { WorkField, WorkForm } from "./order-work-form.ts";
import type { WorkItem } from "./order-work.ts";

type Props = {
  item: WorkItem;
  fields: readonly WorkField[];
  form: WorkForm;
  problems: Readonly<Record<string, string>>;
  lines: ErpOrderWithParts["lines"];
  locations: readonly { id: string; name: string }[];
  erpLocations: readonly { id: string; name: string }[];
  onChange: (changes: Partial<WorkForm>) => void;
};

const CANCEL_REASONS = [
  { value: "CUSTOMER", label: "The customer changed or cancelled it" },
  { value: "INVENTORY", label: "Not in stock" },
  { value: "FRAUD", label: "Fraud" },
  { value: "DECLINED", label: "Payment declined" },
  { value: "STAFF", label: "A mistake of ours" },
  { value: "OTHER", label: "Something else" },
];

const OUTCOMES = [
  { value: "restocked", label: "Restocked: the goods are back on the shelf" },
  { value: "damaged", label: "Damaged: written off" },
  { value: "lost", label: "Lost: never seen again" },
];

/** What the question about an action asks for, field by field. */
export function OrderWorkFields(props: Props) {
  const { item, fields, form, onChange, problems, locations, erpLocations } = props;
  const asks = (field: WorkField) => fields.includes(field);
  return (
    <FormLayout>
      {asks("whole") ? (
        <ChoiceList
          title="What is cancelled"
          choices={[
            { value: "whole", label: "Everything that has not left yet" },
            { value: "part", label: "Some of it" },
          ]}
          selected={[form.isWhole ? "whole" : "part"]}
          onChange={([chosen]) => {
            // Of a part nothing is chosen yet: what is forgotten must not be cancelled.
            const none = Object.fromEntries(item.units.map(({ lineId }) => [lineId, "0"]));
            onChange(chosen === "whole" ? { isWhole: true } : { isWhole: false, quantities: none });
          }}
        />
      ) : null}
      {asks("lines") && !(asks("whole") && form.isWhole) ? <Quantities {...props} /> : null}
      {asks("tracking") ? (
        <BlockStack gap="300">
          <TextField
            label="AWB number"
            value={form.awbNumber}
            onChange={(awbNumber) => {
              onChange({ awbNumber });
            }}
            error={problems["awbNumber"]}
            maxLength={100}
            autoComplete="off"
          />
          <TextField
            label="Courier"
            value={form.courier}
            onChange={(courier) => {
              onChange({ courier });
            }}
            maxLength={100}
            autoComplete="off"
          />
          <TextField
            label="Tracking link"
            type="url"
            value={form.trackingUrl}
            onChange={(trackingUrl) => {
              onChange({ trackingUrl });
            }}
            error={problems["trackingUrl"]}
            maxLength={1000}
            autoComplete="off"
          />
        </BlockStack>
      ) : null}
      {asks("location") && locations.length > 1 ? (
        <Select
          label="Ships from"
          options={[
            { value: "", label: "Where Shopify has assigned it" },
            ...locations.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={form.locationId}
          onChange={(locationId) => {
            onChange({ locationId });
          }}
        />
      ) : null}
      {asks("cancelReason") ? (
        <Select
          label="Why"
          options={CANCEL_REASONS}
          value={form.cancelReason}
          onChange={(cancelReason) => {
            onChange({ cancelReason });
          }}
        />
      ) : null}
      {asks("note") ? (
        <TextField
          label="Note for your staff"
          value={form.note}
          onChange={(note) => {
            onChange({ note });
          }}
          maxLength={255}
          autoComplete="off"
        />
      ) : null}
      {asks("reason") ? (
        <TextField
          label="Why"
          value={form.reason}
          onChange={(reason) => {
            onChange({ reason });
          }}
          helpText="May be left empty. Kept in the order's timeline."
          maxLength={500}
          autoComplete="off"
        />
      ) : null}
      {asks("outcome") ? (
        <ChoiceList
          title="What became of the goods"
          choices={OUTCOMES}
          selected={[form.outcome]}
          onChange={([outcome]) => {
            if (outcome !== undefined) onChange({ outcome });
          }}
        />
      ) : null}
      {asks("place") && form.outcome === "restocked" && erpLocations.length > 1 ? (
        <Select
          label="Where the goods are now"
          options={[
            { value: "", label: "Where the parcel left from" },
            ...erpLocations.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={form.locationId}
          onChange={(locationId) => {
            onChange({ locationId });
          }}
        />
      ) : null}
      <Switches {...props} />
    </FormLayout>
  );
}

function Quantities({ item, form, problems, lines, onChange }: Props) {
  return (
    <BlockStack gap="300">
      {item.units.map(({ lineId, qty }) => {
        const line = lines.find(({ id }) => id === lineId);
        return (
          <TextField
            key={lineId}
            label={[line?.title ?? "A line", line?.variantTitle].filter(Boolean).join(" · ")}
            type="number"
            inputMode="numeric"
            min={0}
            max={qty}
            suffix={`of ${String(qty)}`}
            value={form.quantities[lineId] ?? ""}
            onChange={(typed) => {
              onChange({ quantities: { ...form.quantities, [lineId]: typed } });
            }}
            error={problems[lineId]}
            autoComplete="off"
          />
        );
      })}
    </BlockStack>
  );
}

/** What reaches somebody outside: each is off until it is ticked. */
function Switches({ item, fields, form, onChange }: Props) {
  const asks = (field: WorkField) => fields.includes(field);
  if (!asks("restock") && !asks("notify")) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Told to Shopify
      </Text>
      {asks("restock") ? (
        <Checkbox
          label="Put the goods back into Shopify's stock"
          checked={form.restock}
          onChange={(restock) => {
            onChange({ restock });
          }}
        />
      ) : null}
      {asks("refund") && form.isWhole ? (
        <Checkbox
          label="Refund the customer"
          helpText="The money goes back by the way it was paid; only where the whole order is cancelled."
          checked={form.refund}
          onChange={(refund) => {
            onChange({ refund });
          }}
        />
      ) : null}
      {asks("notify") ? (
        <Checkbox
          label="Send the customer Shopify's message"
          checked={form.notify}
          onChange={(notify) => {
            onChange({ notify });
          }}
        />
      ) : null}
      {item.action === "cancel" && !form.isWhole ? (
        <Text as="p" tone="subdued">
          A part of an order is refunded on its page in Shopify.
        </Text>
      ) : null}
    </BlockStack>
  );
}
