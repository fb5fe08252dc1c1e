import { Form, FormLayout, Text, TextField } from "@shopify/polaris";
import { useState } from "react";

import { readWholeNumber } from "#app/lib/read-whole-number.ts";
import { lookBackLimits } from "#app/settings/look-back-schedule.ts";

import type { SchedulerView } from "./scheduler-view.ts";
import { useFormat } from "./shop-format.tsx";
import { UnsavedChanges } from "./unsaved-changes.tsx";

const FIELDS = {
  intervalMinutes: { label: "Interval", unit: "minutes" },
  lookBackHours: { label: "Look-back", unit: "hours" },
} as const;
type Field = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as Field[];

/** How often it runs and how far back it looks. What somebody types stays while the page looks again. */
export function ScheduleForm({
  scheduler,
  isSending,
  onSave,
}: {
  scheduler: SchedulerView;
  isSending: boolean;
  /** Whether it was saved. */
  onSave: (fields: Record<Field, number>) => Promise<boolean>;
}) {
  const format = useFormat();
  const [typed, setTyped] = useState<Partial<Record<Field, string>>>({});
  const [refused, setRefused] = useState<Field | null>(null);
  const text = (field: Field) => typed[field] ?? String(scheduler[field]);
  const isChanged = NAMES.some((field) => text(field) !== String(scheduler[field]));
  const range = (field: Field) =>
    `${format.number(lookBackLimits[field].least)} to ${format.number(lookBackLimits[field].most)} ${FIELDS[field].unit}`;

  const save = async () => {
    const intervalMinutes = readWholeNumber(text("intervalMinutes"), lookBackLimits.intervalMinutes);
    const lookBackHours = readWholeNumber(text("lookBackHours"), lookBackLimits.lookBackHours);
    if (intervalMinutes === null) setRefused("intervalMinutes");
    else if (lookBackHours === null) setRefused("lookBackHours");
    else if (await onSave({ intervalMinutes, lookBackHours })) setTyped({});
  };

  return (
    <Form noValidate onSubmit={() => void save()}>
      <UnsavedChanges
        id="schedule-bar"
        open={isChanged}
        saving={isSending}
        onSave={() => void save()}
        onDiscard={() => {
          setTyped({});
          setRefused(null);
        }}
      />
      <FormLayout>
        <FormLayout.Group condensed>
          {NAMES.map((field) => (
            <TextField
              key={field}
              label={FIELDS[field].label}
              type="number"
              inputMode="numeric"
              {...{ min: lookBackLimits[field].least, max: lookBackLimits[field].most }}
              suffix={FIELDS[field].unit}
              autoComplete="off"
              helpText={
                field === "lookBackHours" ? `${range(field)}; further after a downtime` : range(field)
              }
              value={text(field)}
              onChange={(value) => {
                setTyped({ ...typed, [field]: value });
                setRefused(null);
              }}
              {...(refused === field
                ? {
                    focused: true,
                    error: `${FIELDS[field].label}: give a whole number, ${range(field)}.`,
                  }
                : {})}
            />
          ))}
        </FormLayout.Group>
        {isChanged && !scheduler.enabled ? (
          <Text as="p">Saving also turns the schedule on: the first look-back runs at once.</Text>
        ) : null}
      </FormLayout>
    </Form>
  );
}
