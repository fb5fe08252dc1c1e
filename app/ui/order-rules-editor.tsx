import { BlockStack, Layout } from "@shopify/polaris";
import { useEffect, useState } from "react";

import { changedFields, readOrderRules, type OrderRulesErrors } from "#app/settings/order-rules-form.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { OrderRulesFields } from "./order-rules-fields.tsx";
import { OrderRulesPreview } from "./order-rules-preview.tsx";
import type { OrderRulesAnswer, OrderRulesView } from "./order-rules-view.ts";
import { SettingsChangesCard } from "./settings-changes-card.tsx";
import { SettingsConflict } from "./settings-conflict.tsx";
import { SettingsGroup } from "./settings-group.tsx";
import { UnsavedChanges } from "./unsaved-changes.tsx";
import { useIntent } from "./use-intent.ts";

/** One form of all order rules: only what changed is sent, and what that would change among the orders is shown first. */
export function OrderRulesEditor({
  standsOn,
  latest,
  onNewest,
}: {
  standsOn: OrderRulesView;
  latest: OrderRulesView;
  onNewest: () => void;
}) {
  const [form, setForm] = useState(standsOn.form);
  const [errors, setErrors] = useState<OrderRulesErrors>({});
  const { send, pending, answer } = useIntent<OrderRulesAnswer>(`order-rules ${standsOn.version}`);
  const [closed, setClosed] = useState(answer);
  const [seen, setSeen] = useState(answer);
  const changed = changedFields(form, standsOn.form);
  const saving = pending("intent") !== null;
  const { timeZone } = standsOn;

  if (answer !== seen) {
    setSeen(answer);
    setErrors(answer?.errors ?? {});
  }
  const isSaved = answer?.ok === true && answer.preview === undefined;
  useEffect(() => {
    if (isSaved) onNewest();
  }, [isSaved, onNewest]);

  const save = (applied: "yes" | "no") => {
    const read = readOrderRules(changed, { timeZone, now: new Date(standsOn.now) });
    if (!read.ok) {
      setErrors(read.errors);
      return;
    }
    setErrors({});
    const seenVersions = JSON.stringify(standsOn.versions);
    send({ intent: "save", applied, fields: JSON.stringify(changed), seen: seenVersions });
  };
  const preview = answer === closed ? undefined : answer?.preview;
  const isLate = answer?.ok === false && answer.code === "SETTINGS_CHANGED";
  const hasErrors = Object.keys(errors).length > 0;
  return (
    <BlockStack gap="400">
      <UnsavedChanges
        id="order-rules-bar"
        open={Object.keys(changed).length > 0}
        saving={saving}
        onSave={() => {
          save("no");
        }}
        onDiscard={() => {
          setForm(standsOn.form);
          setErrors({});
        }}
      />
      {isLate ? (
        <SettingsConflict what="order rules" by={latest.changes[0] ?? null} onReload={onNewest} />
      ) : null}
      {isLate || hasErrors ? null : <AnswerProblem answer={answer} />}
      <Layout>
        <OrderRulesFields
          form={form}
          errors={errors}
          installedAt={standsOn.installedAt}
          timeZone={timeZone}
          onChange={(change) => {
            setForm((before) => ({ ...before, ...change }));
            setErrors((before) =>
              Object.fromEntries(Object.entries(before).filter(([name]) => !Object.hasOwn(change, name))),
            );
          }}
        />
        <SettingsGroup title="Who changed what" description="The last ten saves of this shop's settings.">
          <SettingsChangesCard changes={latest.changes} />
        </SettingsGroup>
      </Layout>
      {preview ? (
        <OrderRulesPreview
          preview={preview}
          saving={saving}
          onApply={() => {
            save("yes");
          }}
          onClose={() => {
            setClosed(answer);
          }}
        />
      ) : null}
    </BlockStack>
  );
}
