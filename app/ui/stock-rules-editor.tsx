import { Banner, BlockStack, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";

import { mappingOutcome } from "#app/erp/inventory/mapped-places.ts";
import { changedStock, readStockForm, type StockFormErrors } from "#app/settings/stock-form.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { useEmbeddedHref } from "./embedded-href.ts";
import { SettingsConflict } from "./settings-conflict.tsx";
import { SettingsSection } from "./settings-section.tsx";
import { StockLeadFields } from "./stock-lead-fields.tsx";
import { StockMappingCard } from "./stock-mapping-card.tsx";
import { StockMappingOutcome } from "./stock-mapping-outcome.tsx";
import type { StockRulesView } from "./stock-rules-view.ts";
import { UnsavedChanges } from "./unsaved-changes.tsx";
import { useIntent } from "./use-intent.ts";

/** One form of all that is said of stock: whose counts, what holds in a conflict, and which location feeds which. */
export function StockRulesEditor({
  standsOn,
  latest,
  onNewest,
}: {
  standsOn: StockRulesView;
  latest: StockRulesView;
  onNewest: () => void;
}) {
  const [form, setForm] = useState(standsOn.form);
  const [errors, setErrors] = useState<StockFormErrors>({});
  const { send, pending, answer } = useIntent(`stock-rules ${standsOn.version}`);
  const href = useEmbeddedHref();
  const changed = changedStock(form, standsOn.form);
  const isSaved = answer?.ok === true;
  useEffect(() => {
    if (isSaved) onNewest();
  }, [isSaved, onNewest]);

  const save = () => {
    const read = readStockForm(form);
    setErrors(read.ok ? {} : read.errors);
    if (!read.ok) return;
    const fields = Object.fromEntries(
      Object.entries(read.stock).filter(([name]) => Object.hasOwn(changed, name)),
    );
    send({ intent: "save", fields: JSON.stringify(fields), seen: standsOn.version });
  };
  const isLate = answer?.ok === false && answer.code === "SETTINGS_CHANGED";
  const endsSending = standsOn.isSending && (changed.leads !== undefined || changed.locations !== undefined);
  return (
    <BlockStack gap="400">
      <UnsavedChanges
        id="stock-rules-bar"
        open={Object.keys(changed).length > 0}
        saving={pending("intent") !== null}
        onSave={save}
        onDiscard={() => {
          setForm(standsOn.form);
          setErrors({});
        }}
      />
      {isLate ? <SettingsConflict what="stock rules" by={latest.lastChange} onReload={onNewest} /> : null}
      {isLate ? null : <AnswerProblem answer={answer} />}
      {endsSending ? (
        <Banner tone="warning" title="Saving this stops the sending of stock">
          <Text as="p">
            Other numbers would leave than those you have seen. Look at the comparison again afterwards, and
            switch sending on from there.
          </Text>
        </Banner>
      ) : null}
      {standsOn.form.leads === "erp" && !standsOn.isSending ? (
        <Banner
          tone="info"
          title="The ERP leads, and no stock is sent yet"
          action={{ content: "Compare stock", url: href("/app/inventory/compare") }}
        >
          <Text as="p">
            First look at what would change in Shopify. Sending is switched on from the comparison.
          </Text>
        </Banner>
      ) : null}
      <BlockStack gap="800">
        <StockLeadFields
          form={form}
          onChange={(change) => {
            setForm((before) => ({ ...before, ...change }));
          }}
        />
        <SettingsSection
          title="Locations"
          description="Which of the ERP's locations feed which of Shopify's. Where several feed one, their stock is added up. A location of the ERP that no line names feeds Shopify's location with the same id."
        >
          <StockMappingCard
            pairs={form.locations}
            errors={errors}
            places={latest.places}
            onChange={(locations) => {
              setForm((before) => ({ ...before, locations }));
              setErrors({});
            }}
          />
          <StockMappingOutcome
            outcome={mappingOutcome(
              form.locations.filter(({ erp, shopify }) => erp.trim() !== "" && shopify !== ""),
              latest.places,
            )}
            places={latest.places}
          />
        </SettingsSection>
      </BlockStack>
    </BlockStack>
  );
}
