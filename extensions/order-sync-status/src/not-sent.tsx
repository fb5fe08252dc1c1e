import type { OrderSyncStatus } from "#app/routes/api/order-sync-schema.ts";
import type { Format } from "#app/ui/format.ts";
import { moneyWords } from "#app/ui/money-words.ts";
import { writeBackWords } from "#app/ui/write-back-words.ts";

import { Notice } from "./notice.tsx";

type NotSentOf = NonNullable<OrderSyncStatus["notSent"]>;

/** What Shopify does not have of what the ERP did: what was wished, why not, both sides where they differ, and what to do. */
export function NotSent({ notSent, format }: { notSent: NotSentOf; format: Format }) {
  const { standing, kind, words, text, conflict, next } = notSent;
  const said = (sentence: string) => moneyWords(sentence, format);
  return (
    <Notice
      tone={tones[standing]}
      heading={headings[standing]}
      message={said(`${writeBackWords[kind]}: ${words}`)}
      more={(conflict === null ? [text] : [`ERP: ${conflict.erp}`, `Shopify: ${conflict.shopify}`]).map(said)}
      next={said(next)}
    />
  );
}

const headings: Record<NotSentOf["standing"], string> = {
  conflict: "Shopify has something else than the ERP",
  refused: "Shopify could not take over what the ERP did",
  not_granted: "Shopify is not told of it: a permission is missing",
  again: "Shopify could not be told yet",
  off: "Shopify is not told of it: it is switched off",
};

const tones: Record<NotSentOf["standing"], "critical" | "warning" | "info"> = {
  ...{ conflict: "critical", refused: "critical", not_granted: "warning", again: "warning", off: "info" },
};
