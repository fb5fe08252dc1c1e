import { BlockStack, Layout, Text } from "@shopify/polaris";
import { useEffect, useReducer, useState } from "react";

import { defaultPaymentRules } from "#app/settings/default-payment-rules.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import { ruleForm, type RuleForm } from "./payment-rule-form.ts";
import { PaymentRuleModal } from "./payment-rule-modal.tsx";
import { PaymentRulesCard } from "./payment-rules-card.tsx";
import { draftOf, editRules, rulesOf, sameRules } from "./payment-rules-draft.ts";
import { PaymentRulesPreview } from "./payment-rules-preview.tsx";
import type { PaymentRulesView, RulesAnswer } from "./payment-rules-view.ts";
import { PaymentTestCard } from "./payment-test-card.tsx";
import { TEST_ORDER } from "./payment-test-order.ts";
import { SettingsConflict } from "./settings-conflict.tsx";
import { UnknownNamesCard } from "./unknown-names-card.tsx";
import { UnsavedChanges } from "./unsaved-changes.tsx";
import { useIntent } from "./use-intent.ts";

type Editing = { id: number | null; form: RuleForm };

/** Rules as they are edited, tried out and, after a look at what they would change, saved. */
export function PaymentRulesEditor({
  standsOn,
  latest,
  onNewest,
}: {
  /** What the person began with. */
  standsOn: PaymentRulesView;
  latest: PaymentRulesView;
  onNewest: () => void;
}) {
  const [draft, edit] = useReducer(editRules, standsOn.rules, (rules) => draftOf(rules));
  const [editing, setEditing] = useState<Editing | null>(null);
  const [asksDefaults, setAsksDefaults] = useState(false);
  const [order, setOrder] = useState(TEST_ORDER);
  const trial = useIntent<RulesAnswer>(`payment-rules-preview ${standsOn.version}`);
  const save = useIntent<RulesAnswer>(`payment-rules-save ${standsOn.version}`);
  const [closed, setClosed] = useState(trial.answer);
  const [lastSave, setLastSave] = useState(save.answer);
  const rules = rulesOf(draft);
  const isDirty = !sameRules(rules, standsOn.rules);
  const saving = save.pending("intent") !== null;

  const preview = trial.answer === closed ? undefined : trial.answer?.preview;
  // A save that is answered, either way, is done with what it showed before.
  if (save.answer !== lastSave) {
    setLastSave(save.answer);
    setClosed(trial.answer);
  }
  useEffect(() => {
    if (save.answer?.ok) onNewest();
  }, [save.answer, onNewest]);

  const isLate = save.answer?.ok === false && save.answer.code === "SETTINGS_CHANGED";
  // Where names wait for a rule, that is what the person has come for.
  const unknownNames = (
    <UnknownNamesCard
      unknown={latest.unknown}
      onTry={(gateways) => {
        setOrder({ ...TEST_ORDER, gateways });
      }}
      onMakeRule={(text) => {
        setEditing({
          id: null,
          form: { ...ruleForm(null, 1), match: "exact", text: text.slice(0, 200) },
        });
      }}
    />
  );
  return (
    <>
      <UnsavedChanges
        id="payment-rules-bar"
        open={isDirty}
        saving={saving || trial.pending("intent") !== null}
        onSave={() => {
          trial.send({ intent: "preview", rules: JSON.stringify(rules) });
        }}
        onDiscard={() => {
          edit({ do: "replace", rules: standsOn.rules });
        }}
      />
      <Layout>
        {isLate ? (
          <Layout.Section variant="fullWidth">
            <SettingsConflict what="payment rules" by={latest.lastChange} onReload={onNewest} />
          </Layout.Section>
        ) : null}
        <Layout.Section>
          <BlockStack gap="400">
            <AnswerProblem answer={trial.answer} />
            {isLate ? null : <AnswerProblem answer={save.answer} />}
            {latest.unknown.length > 0 ? unknownNames : null}
            <PaymentRulesCard
              draft={draft}
              onEdit={edit}
              onWantsForm={(one) => {
                const position = one ? draft.rules.indexOf(one) + 1 : 1;
                setEditing({ id: one?.id ?? null, form: ruleForm(one?.rule ?? null, position) });
              }}
              onDefaults={() => {
                setAsksDefaults(true);
              }}
            />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            {latest.unknown.length > 0 ? null : unknownNames}
            <PaymentTestCard rules={rules} order={order} onChange={setOrder} />
          </BlockStack>
        </Layout.Section>
        {editing ? (
          <PaymentRuleModal
            title={editing.id === null ? "Add a rule" : "Edit the rule"}
            doneLabel={editing.id === null ? "Add rule" : "Change rule"}
            initial={editing.form}
            last={editing.id === null ? draft.rules.length + 1 : draft.rules.length}
            onDone={(rule, position) => {
              const { id } = editing;
              edit(id === null ? { do: "add", rule, position } : { do: "change", id, rule, position });
              setEditing(null);
            }}
            onClose={() => {
              setEditing(null);
            }}
          />
        ) : null}
        {preview ? (
          <PaymentRulesPreview
            preview={preview}
            saving={saving}
            onApply={() => {
              save.send({ intent: "save", rules: JSON.stringify(rules), seen: standsOn.version });
            }}
            onClose={() => {
              setClosed(trial.answer);
            }}
          />
        ) : null}
        <AppModal
          open={asksDefaults}
          title="Use the defaults again?"
          onClose={() => {
            setAsksDefaults(false);
          }}
          primaryAction={{
            content: "Use the defaults",
            onAction: () => {
              edit({ do: "replace", rules: defaultPaymentRules });
              setAsksDefaults(false);
            },
          }}
          secondaryActions={[
            {
              content: "Cancel",
              onAction: () => {
                setAsksDefaults(false);
              },
            },
          ]}
        >
          <Text as="p">
            The list becomes the one every shop begins with; your own rules go. Nothing holds before you save.
          </Text>
        </AppModal>
      </Layout>
    </>
  );
}
