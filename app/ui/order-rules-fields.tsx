import { BlockStack, Card, Checkbox, ChoiceList, FormLayout, Select, TextField } from "@shopify/polaris";

import type { OrderRulesErrors, OrderRulesField, OrderRulesForm } from "#app/settings/order-rules-form.ts";
import { deliveryLogRetention, feedRetention } from "#app/settings/settings-schema.ts";

import { SettingsSection } from "./settings-section.tsx";
import { useFormat } from "./shop-format.tsx";

const ROUND = [
  { value: "no", label: "Do not round" },
  { value: "nearest", label: "To the nearest rupee" },
  { value: "up", label: "Up to the next rupee" },
  { value: "down", label: "Down to the whole rupee" },
];

/** The fields of Order rules, group by group, each with what it means. */
export function OrderRulesFields({
  form,
  errors,
  installedAt,
  timeZone,
  onChange,
}: {
  form: OrderRulesForm;
  errors: OrderRulesErrors;
  installedAt: string;
  timeZone: string;
  onChange: (change: Partial<OrderRulesForm>) => void;
}) {
  const format = useFormat();
  const text = (name: Exclude<OrderRulesField, "codRequired" | "holdOnMoneyDifference">) => ({
    autoComplete: "off",
    value: form[name],
    error: errors[name],
    onChange: (value: string) => {
      onChange({ [name]: value });
    },
  });
  /** Several lines, `least` at first; as high as its text from the beginning, not only once the browser has measured it. */
  const lines = (name: Parameters<typeof text>[0], least: number) => ({
    ...text(name),
    multiline: Math.max(least, form[name].split("\n").length),
  });
  const days = { type: "number", inputMode: "numeric", suffix: "days" } as const;
  return (
    <>
      <SettingsSection
        title="Cut-over"
        description="From when on the ERP works on orders. Orders created before are history: they are imported and shown, never allocated, held or written back to Shopify."
      >
        <Card>
          <BlockStack gap="300">
            <ChoiceList
              title="The ERP works on orders created"
              choices={[
                {
                  value: "installed",
                  label: `Since the app was installed: ${format.dateTime(installedAt)}`,
                },
                { value: "day", label: "From a day you choose" },
              ]}
              selected={[form.cutOver]}
              onChange={([cutOver = "installed"]) => {
                onChange({ cutOver: cutOver as OrderRulesForm["cutOver"] });
              }}
            />
            {form.cutOver === "day" ? (
              <TextField
                label="First day the ERP works on"
                type="date"
                helpText={`From the beginning of this day in the shop's time zone, ${timeZone}.`}
                {...text("cutOverDay")}
              />
            ) : null}
          </BlockStack>
        </Card>
      </SettingsSection>
      <SettingsSection
        title="Holds"
        description="What keeps an open order from being picked until somebody has looked at it. A held order says why, and who may release it."
      >
        <Card>
          <FormLayout>
            <Checkbox
              label="Hold orders whose amounts do not add up"
              helpText="A difference to Shopify's total is shown on the order either way."
              checked={form.holdOnMoneyDifference}
              onChange={(holdOnMoneyDifference) => {
                onChange({ holdOnMoneyDifference });
              }}
            />
            <Checkbox
              label="Hold COD orders until they are confirmed"
              helpText="For shops that call their customers before they send cash on delivery."
              checked={form.codRequired}
              onChange={(codRequired) => {
                onChange({ codRequired });
              }}
            />
            <TextField
              label="Tags that confirm a COD order"
              helpText="One a line. The order is released as soon as it carries one of them in Shopify."
              {...lines("confirmedTags", 2)}
            />
          </FormLayout>
        </Card>
      </SettingsSection>
      <SettingsSection
        title="Courier"
        description="What the courier is told to collect, and when a parcel nobody hears of is worth a question."
      >
        <Card>
          <FormLayout>
            <Select
              label="Round what is collected"
              options={ROUND}
              value={form.roundRupees}
              helpText="For COD orders in Indian rupees; what Shopify says is owed stays as it is."
              onChange={(roundRupees) => {
                onChange({ roundRupees: roundRupees as OrderRulesForm["roundRupees"] });
              }}
            />
            <TextField
              label="Delivery is unknown after"
              {...days}
              min={1}
              max={365}
              helpText="Days without any news of a parcel on its way."
              {...text("deliveryUnknownAfterDays")}
            />
          </FormLayout>
        </Card>
      </SettingsSection>
      <SettingsSection
        title="Catalogue"
        description="Which option of a product makes its variations in the ERP. Sizes never do."
      >
        <Card>
          <TextField
            label="Option names that mean the colour"
            helpText="One a line, the most telling first. Capitals make no difference."
            {...lines("colourSynonyms", 3)}
          />
        </Card>
      </SettingsSection>
      <SettingsSection
        title="Shared contacts"
        description="Addresses many customers share (a call centre, a marketplace) never tell who somebody is. This holds for customers who are new from now on."
      >
        <Card>
          <FormLayout>
            <TextField label="Email addresses, one a line" {...lines("emails", 2)} />
            <TextField label="Phone numbers, one a line" {...lines("phones", 2)} />
          </FormLayout>
        </Card>
      </SettingsSection>
      <SettingsSection
        title="How long things are kept"
        description="What is older is deleted within the hour. Orders, products and customers are not touched."
      >
        <Card>
          <FormLayout>
            <TextField
              label="Replaced payloads"
              {...days}
              min={1}
              max={3650}
              helpText="What Shopify said before it said something newer, and what it was told. What is in use, or open, always stays."
              {...text("historyRetentionDays")}
            />
            <TextField
              label="Webhook deliveries"
              {...days}
              min={deliveryLogRetention.least}
              max={deliveryLogRetention.most}
              helpText="The log that tells why an order is missing or late."
              {...text("deliveryLogRetentionDays")}
            />
            <TextField
              label="Change feed"
              {...days}
              min={feedRetention.least}
              max={feedRetention.most}
              helpText="How long another system may be away and still learn only what changed meanwhile."
              {...text("feedRetentionDays")}
            />
          </FormLayout>
        </Card>
      </SettingsSection>
    </>
  );
}
