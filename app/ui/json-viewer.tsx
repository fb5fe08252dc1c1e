import { BlockStack, Box, Button, InlineStack, Text, TextField } from "@shopify/polaris";
import { useDeferredValue, useMemo, useState } from "react";

import { jsonPathWords } from "./json-path.ts";
import { addressesTo, ROOT, visibleRows } from "./json-rows.ts";
import { JsonTree } from "./json-tree.tsx";
import type { JsonNode } from "./parse-json.ts";
import { searchJson, type JsonHit } from "./search-json.ts";
import { useFormat } from "./shop-format.tsx";
import { useCopy } from "./use-copy.ts";
import { writeJson } from "./write-json.ts";

type Look = {
  hits: readonly JsonHit[];
  /** Which of the hits is shown, from 0. */
  at: number;
  /** Whether the active row is a hit, not one that was chosen by hand. */
  isHit: boolean;
  /** The address of the row that is found or chosen. */
  active: string;
  /** Addresses of what is folded out. */
  open: ReadonlySet<string>;
};

/** A JSON payload as a tree that folds, searched by names and values; the path of what is found or chosen can be copied. */
export function JsonViewer({ root, raw }: { root: JsonNode; raw: string }) {
  const { number } = useFormat();
  const copy = useCopy();
  const [typed, setTyped] = useState("");
  const words = useDeferredValue(typed);
  const hits = useMemo(() => searchJson(root, words), [root, words]);
  const [look, setLook] = useState<Look>({ hits, at: 0, isHit: false, active: ROOT, open: new Set([ROOT]) });

  const goTo = (at: number, of = look.open) => {
    const hit = hits[at];
    if (!hit) {
      setLook((before) => ({ ...before, hits, at: 0, isHit: false }));
      return;
    }
    const addresses = addressesTo(root, hit.positions);
    const active = addresses.at(-1) ?? ROOT;
    setLook({ hits, at, isHit: true, active, open: new Set([...of, ...addresses.slice(0, -1)]) });
  };
  // Other words: their first hit is shown.
  if (look.hits !== hits) goTo(0);

  const turn = (by: 1 | -1) => {
    if (hits.length > 0) goTo((look.at + by + hits.length) % hits.length);
  };
  const rows = useMemo(() => visibleRows(root, look.open), [root, look.open]);
  const chosen = rows.find(({ address }) => address === look.active) ?? rows[0];
  const path = jsonPathWords(chosen?.path ?? []);
  const isSearched = words.trim() !== "";
  return (
    <BlockStack gap="300">
      <InlineStack gap="200" blockAlign="center">
        <Box minWidth="14rem">
          <div
            onKeyDown={(event) => {
              if (event.key === "Enter") turn(event.shiftKey ? -1 : 1);
            }}
          >
            <TextField
              label="Search the payload"
              labelHidden
              placeholder="Search names and values"
              autoComplete="off"
              clearButton
              onClearButtonClick={() => {
                setTyped("");
              }}
              value={typed}
              onChange={setTyped}
            />
          </div>
        </Box>
        <div role="status">
          <Text as="span" tone="subdued">
            {isSearched
              ? hits.length === 0
                ? "Not found"
                : `${number(look.at + 1)} of ${number(hits.length)}`
              : ""}
          </Text>
        </div>
        {hits.length > 0 ? (
          <InlineStack gap="100">
            <Button
              onClick={() => {
                turn(-1);
              }}
            >
              Previous
            </Button>
            <Button
              onClick={() => {
                turn(1);
              }}
            >
              Next
            </Button>
          </InlineStack>
        ) : null}
        <Button
          onClick={() => {
            copy(raw, "Payload");
          }}
        >
          Copy whole payload
        </Button>
      </InlineStack>
      <InlineStack gap="200" blockAlign="center">
        <Text as="span" tone="subdued">
          Path
        </Text>
        <code style={{ overflowWrap: "anywhere" }} data-path>
          {path}
        </code>
        <Button
          variant="plain"
          onClick={() => {
            copy(path, "Path");
          }}
        >
          Copy path
        </Button>
        {chosen?.node ? (
          <Button
            variant="plain"
            onClick={() => {
              if (chosen.node) copy(valueText(chosen.node), "Value");
            }}
          >
            Copy value
          </Button>
        ) : null}
      </InlineStack>
      <JsonTree
        rows={rows}
        active={look.active}
        isHit={look.isHit}
        onActive={(active) => {
          setLook((before) => ({ ...before, active, isHit: false }));
        }}
        onFold={(address, isOpen) => {
          setLook((before) => {
            const open = new Set(before.open);
            if (isOpen) open.add(address);
            else open.delete(address);
            return { ...before, open };
          });
        }}
      />
    </BlockStack>
  );
}

/** A text without its quotes; anything else as it is written. */
function valueText(node: JsonNode): string {
  return node.kind === "string" ? node.value : writeJson(node);
}
