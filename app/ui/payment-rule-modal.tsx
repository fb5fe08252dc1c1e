import { FormLayout, Select, TextField } from "@shopify/polaris";
import { useState } from "react";

import { AppModal } from "./app-modal.tsx";
import { readRuleForm, type RuleForm, type RuleFormErrors } from "./payment-rule-form.ts";
import type { PaymentRule } from "#app/settings/settings-schema.ts";

const ON = [
  { value: "gateway", label: "Gateway name" },
  { value: "tag", label: "Order tag" },
  { value: "attribute", label: "Order attribute" },
];
const MATCH = [
  { value: "words", label: "contains these words" },
  { value: "exact", label: "is exactly" },
];
const METHOD = [
  { value: "COD", label: "COD: the courier collects" },
  { value: "Prepaid", label: "Prepaid: nothing is collected" },
];

/** The fields of one rule. What is wrong is said at its field; nothing reaches the list before it is right. */
export function PaymentRuleModal({
  title,
  doneLabel,
  initial,
  last,
  onDone,
  onClose,
}: {
  title: string;
  /** Of the button that puts it into the list; what it does beyond that is asked at saving. */
  doneLabel: string;
  initial: RuleForm;
  /** The last place there is. */
  last: number;
  onDone: (rule: PaymentRule, position: number) => void;
  onClose: () => void;
}) {
  const [form, setForm] = useState(initial);
  const [errors, setErrors] = useState<RuleFormErrors>({});
  const set = (change: Partial<RuleForm>) => {
    setForm((before) => ({ ...before, ...change }));
  };
  const done = () => {
    const read = readRuleForm(form, last);
    if (read.ok) onDone(read.rule, read.position);
    else setErrors(read.errors);
  };
  return (
    <AppModal
      open
      title={title}
      onClose={onClose}
      primaryAction={{ content: doneLabel, onAction: done }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          done();
        }}
      >
        <FormLayout>
          <Select
            label="Look at"
            options={ON}
            value={form.on}
            onChange={(on) => {
              set({ on: on as RuleForm["on"] });
            }}
          />
          {form.on === "attribute" ? (
            <TextField
              label="Attribute's name"
              autoComplete="off"
              value={form.name}
              error={errors.name}
              helpText="As under “Additional details” of the order in Shopify."
              onChange={(name) => {
                set({ name });
              }}
            />
          ) : null}
          <Select
            label="Matches when it"
            options={MATCH}
            value={form.match}
            onChange={(match) => {
              set({ match: match as RuleForm["match"] });
            }}
          />
          <TextField
            label="Text"
            autoComplete="off"
            value={form.text}
            error={errors.text}
            helpText="Capitals, accents and signs make no difference, and only whole words count: “cod” is in “Partial COD (₹49)”, not in “Codex”."
            onChange={(text) => {
              set({ text });
            }}
          />
          <Select
            label="The order is then"
            options={METHOD}
            value={form.method}
            onChange={(method) => {
              set({ method: method as RuleForm["method"] });
            }}
          />
          <TextField
            label="Place in the list"
            type="number"
            inputMode="numeric"
            min={1}
            max={last}
            autoComplete="off"
            value={form.position}
            error={errors.position}
            helpText="Rules are tried from the top, and the first that matches decides."
            onChange={(position) => {
              set({ position });
            }}
          />
        </FormLayout>
      </form>
    </AppModal>
  );
}
