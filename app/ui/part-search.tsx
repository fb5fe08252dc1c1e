import { BlockStack, Box, Icon, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import type { ReactNode } from "react";

import { useListParams } from "./list-params.ts";
import { NothingHere } from "./nothing-here.tsx";
import { searched, useTyped } from "./use-typed.ts";

export type PartSearch = ReturnType<typeof usePartSearch>;

/** The search of whichever part of a page is shown, kept in the page's address. */
export function usePartSearch() {
  const { asked, wanted, change } = useListParams();
  const known = wanted.get("search") ?? "";
  const { typed, type, settle } = useTyped(known, (text) => {
    change(searched(text), { replace: true });
  });
  return {
    typed,
    type,
    /** Whether the rows shown are only what was found. */
    isAsked: asked.has("search"),
    isLoading: known !== (asked.get("search") ?? ""),
    clear: () => {
      settle("");
      change(searched(""));
    },
    /** Leaves it for another part, which begins at its beginning. */
    leave: (part: string) => {
      settle("");
      change({ ...searched(""), part: [part] });
    },
  };
}

/** A part's rows under the field they are searched by; what stands there instead where it has none at all. */
export function SearchedRows({
  search,
  label,
  isEmpty,
  nothing,
  children,
}: {
  search: PartSearch;
  /** What can be searched by. */
  label: string;
  isEmpty: boolean;
  nothing: ReactNode;
  children: ReactNode;
}) {
  if (isEmpty && !search.isAsked) return nothing;
  return (
    <BlockStack>
      <Box padding="400">
        <TextField
          label={label}
          labelHidden
          placeholder={label}
          type="search"
          autoComplete="off"
          maxLength={100}
          prefix={<Icon source={SearchIcon} tone="subdued" />}
          value={search.typed}
          onChange={search.type}
          loading={search.isLoading}
          clearButton
          onClearButtonClick={search.clear}
        />
      </Box>
      {isEmpty ? (
        <NothingHere heading="Nothing matches" action={{ label: "Show all", onAction: search.clear }}>
          Change the words searched for.
        </NothingHere>
      ) : (
        children
      )}
    </BlockStack>
  );
}
