import { BlockStack, ChoiceList, Spinner, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";

import type { AwaitedSku, SkuChoice } from "#app/erp/catalog/workbench-views.ts";

import { AnswerProblem } from "./answer-problem.tsx";
import { AppModal } from "./app-modal.tsx";
import { useIntent } from "./use-intent.ts";
import type { WorkbenchAnswer } from "./workbench-answer.ts";

const TYPING_MS = 300;

/** Searches a SKU of the catalogue and says that a variant is it. Closed while there is no variant. */
export function MapToSku({
  awaited,
  answer,
  isSaving,
  onClose,
  onMap,
}: {
  awaited: AwaitedSku | null;
  /** Of the last mapping: why it was refused. */
  answer: WorkbenchAnswer | undefined;
  isSaving: boolean;
  onClose: () => void;
  onMap: (skuId: string) => void;
}) {
  const [skuId, setSkuId] = useState<string | null>(null);
  const { search, setSearch, found, refused, again } = useSkuSearch(
    awaited?.skuText ?? awaited?.title ?? "",
    awaited !== null,
  );
  if (!awaited) return null;
  const isListed = found?.skus.some(({ id }) => id === skuId) ?? false;
  return (
    <AppModal
      open
      onClose={onClose}
      title={`Which SKU is ${awaited.skuText ?? awaited.title}?`}
      primaryAction={{
        content: "Map to this SKU",
        disabled: skuId === null || !isListed,
        loading: isSaving,
        onAction: () => {
          if (skuId !== null) onMap(skuId);
        },
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <BlockStack gap="400">
        <AnswerProblem answer={answer} />
        <Text as="p">
          Every order with this variant gets the SKU you choose: those that wait now are released at once, and
          later ones find it. You can take it back under Mappings.
        </Text>
        <TextField
          label="Search by SKU, product or barcode"
          autoComplete="off"
          value={search}
          onChange={setSearch}
          maxLength={100}
          clearButton
          onClearButtonClick={() => {
            setSearch("");
          }}
        />
        <AnswerProblem answer={refused} onRetry={again} />
        {refused === undefined ? (
          <Found found={found} search={search} chosen={skuId} onChoose={setSkuId} />
        ) : null}
      </BlockStack>
    </AppModal>
  );
}

type Found = { searched: string; skus: SkuChoice[] };

function Found({
  found,
  search,
  chosen,
  onChoose,
}: {
  found: Found | null;
  search: string;
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  if (search.trim() === "") return <Text as="p">Type a word of the SKU.</Text>;
  if (found?.searched !== search.trim()) return <Spinner size="small" accessibilityLabel="Searching" />;
  if (found.skus.length === 0)
    return (
      <Text as="p">{`No SKU has “${found.searched}” in it. Try another word, such as the product's name.`}</Text>
    );
  return (
    <ChoiceList
      title={found.skus.length === 20 ? "The first 20 that match" : "SKUs that match"}
      choices={found.skus.map(({ id, skuCode, title, archived }) => ({
        value: id,
        label: skuCode ?? "No SKU text",
        helpText: archived ? `${title} (archived)` : title,
      }))}
      selected={chosen === null ? [] : [chosen]}
      onChange={([id]) => {
        if (id !== undefined) onChoose(id);
      }}
    />
  );
}

/** Asks once the typing stops, and first of all for what the orders call it. */
function useSkuSearch(first: string, isOpen: boolean) {
  const [search, setSearch] = useState(first);
  const { send, answer, again } = useIntent<WorkbenchAnswer>("find-skus");
  const ask = useRef(send);
  useEffect(() => {
    ask.current = send;
  });
  useEffect(() => {
    if (!isOpen || search.trim() === "") return;
    const timer = setTimeout(() => {
      ask.current({ intent: "find-skus", search });
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [search, isOpen]);
  const found: Found | null =
    answer?.skus && answer.searched !== undefined ? { searched: answer.searched, skus: answer.skus } : null;
  return { search, setSearch, found, refused: answer?.ok === false ? answer : undefined, again };
}
