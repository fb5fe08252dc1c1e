import { Banner, Text } from "@shopify/polaris";

import { useFormat } from "./shop-format.tsx";
import { actorWords, type SettingsChangeView } from "./settings-change-words.ts";

/** Somebody else has saved while the person was editing: who and when, and the way on. Nothing of theirs was overwritten. */
export function SettingsConflict({
  what,
  by,
  onReload,
}: {
  /** "payment rules" */
  what: string;
  by: SettingsChangeView | null;
  onReload: () => void;
}) {
  const format = useFormat();
  return (
    <Banner
      tone="warning"
      title={`The ${what} were changed by somebody else while you were editing`}
      action={{ content: "Show what holds now", onAction: onReload }}
    >
      <Text as="p">
        {by === null
          ? "Your changes were not saved, so that theirs are not lost."
          : `${actorWords(by.actor)} saved at ${format.dateTime(by.at)}. Your changes were not saved, so that theirs are not lost.`}{" "}
        Showing what holds now drops what you have changed here: note it down first.
      </Text>
    </Banner>
  );
}
