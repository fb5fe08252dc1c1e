import { expect, test } from "vitest";

import { defaultSettings } from "./default-settings.ts";
import { changedFields, orderRulesForm, readOrderRules, type OrderRulesForm } from "./order-rules-form.ts";
import { SettingsPatch } from "./settings-schema.ts";

const place = { timeZone: "Asia/Kolkata", now: new Date("2026-11-22T10:00:00Z") };
const installedAt = new Date("2026-11-20T20:00:00Z");
const form = orderRulesForm(defaultSettings, { ...place, chosenAt: null, installedAt });

test("a form that was not touched changes nothing, and all of it read is what was stored", () => {
  expect(changedFields(form, { ...form })).toEqual({});
  const read = readOrderRules(form, place);
  expect(read).toMatchObject({ ok: true, cutOverAt: null });
  if (!read.ok) return;
  for (const [name, value] of Object.entries(read.patch))
    expect(value).toEqual(defaultSettings[name as keyof typeof defaultSettings]);
});

test("the day is the shop's: the app was installed on the 21st in India", () => {
  expect(form).toMatchObject({ cutOver: "installed", cutOverDay: "2026-11-21" });
  expect(readOrderRules({ cutOver: "day", cutOverDay: "2026-11-21" }, place)).toEqual({
    ...{ ok: true, patch: {}, settings: ["cutOverAt"] },
    cutOverAt: new Date("2026-11-20T18:30:00Z"),
  });
});

test.each<[Partial<OrderRulesForm>, string[]]>([
  [{ roundRupees: "up" }, ["roundRupees"]],
  [{ codRequired: true }, ["codRequired", "confirmedTags"]],
  [{ confirmedTags: " COD Confirmed, " }, []],
  [{ cutOver: "day" }, ["cutOver", "cutOverDay"]],
  [{ cutOverDay: "2026-01-01" }, []],
  [{ emails: "a@b.co", historyRetentionDays: "31" }, ["emails", "historyRetentionDays"]],
])("of %j only what changed is sent", (change, names) => {
  expect(Object.keys(changedFields({ ...form, ...change }, form)).sort()).toEqual(names.sort());
});

test.each<[Partial<OrderRulesForm>, keyof OrderRulesForm, RegExp]>([
  [{ deliveryUnknownAfterDays: "0" }, "deliveryUnknownAfterDays", /from 1 to 365/],
  [{ deliveryUnknownAfterDays: "1.5" }, "deliveryUnknownAfterDays", /whole number/],
  [{ historyRetentionDays: "" }, "historyRetentionDays", /from 1 to 3650/],
  [{ deliveryLogRetentionDays: "1" }, "deliveryLogRetentionDays", /from 2 to 3650/],
  [{ cutOver: "day", cutOverDay: "" }, "cutOverDay", /Choose a day/],
  [{ cutOver: "day", cutOverDay: "2026-02-30" }, "cutOverDay", /no day/],
  [{ cutOver: "day", cutOverDay: "2126-02-20" }, "cutOverDay", /year ahead/],
  [{ codRequired: true, confirmedTags: " ,\n" }, "confirmedTags", /at least one tag/],
  [{ confirmedTags: "x".repeat(256) }, "confirmedTags", /255/],
  [{ emails: "a@b.co\nnonsense" }, "emails", /“nonsense” is no email/],
  [{ phones: "call me" }, "phones", /“call me” is no phone/],
  [
    { colourSynonyms: Array.from({ length: 101 }, (_, i) => `c${String(i)}`).join(",") },
    "colourSynonyms",
    /100/,
  ],
])("%j is refused at %s", (fields, field, words) => {
  expect(readOrderRules(fields, place)).toEqual({
    ok: false,
    errors: { [field]: expect.stringMatching(words) as string },
  });
});

test("what is read is valid by the schema, in its form", () => {
  const read = readOrderRules(
    {
      ...{ codRequired: true, confirmedTags: "Called\ncalled, Called" },
      ...{ colourSynonyms: "Finish", emails: "Calls@Example.com", phones: "+91 98765 43210" },
    },
    place,
  );
  expect(read).toMatchObject({
    patch: {
      codConfirmation: { required: true, confirmedTags: ["Called", "called"] },
      colourSynonyms: ["finish"],
      ignoredContacts: { emails: ["calls@example.com"], phones: ["+91 98765 43210"] },
    },
    settings: ["codConfirmation", "colourSynonyms", "ignoredContacts"],
  });
  if (read.ok) expect(SettingsPatch.safeParse(read.patch).data).toEqual(read.patch);
});
