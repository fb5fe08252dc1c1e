import { useEffect, useRef, type KeyboardEvent } from "react";

import { ROOT, type JsonRow } from "./json-rows.ts";
import type { JsonNode } from "./parse-json.ts";
import { useFormat } from "./shop-format.tsx";

/** More of one text than fits a screen is left to Copy value. */
const MOST_SHOWN = 500;

/**
 * A document as a tree that folds. One stop for the Tab key; up, down, Home and End go through the rows, right opens, left closes or goes
 * to what holds the row. Only what is open is in the page.
 */
export function JsonTree({
  rows,
  active,
  isHit,
  onActive,
  onFold,
}: {
  rows: readonly JsonRow[];
  /** The address of the row that was chosen. */
  active: string;
  /** Whether that row is what a search found. */
  isHit: boolean;
  onActive: (address: string) => void;
  onFold: (address: string, isOpen: boolean) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const shown = rows.some(({ address }) => address === active) ? active : ROOT;
  useEffect(() => {
    const element = list.current;
    const row = element?.querySelector<HTMLElement>("[data-active]");
    // Only the tree itself moves: the page stays where the person is.
    if (element && row && isHit) element.scrollTop = row.offsetTop - element.clientHeight / 2;
  }, [shown, isHit]);

  const go = (row: JsonRow | undefined) => {
    if (!row) return;
    onActive(row.address);
    const at = rows.indexOf(row);
    list.current?.querySelectorAll<HTMLElement>("[role=treeitem]")[at]?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ address }) => address === shown);
    const row = rows[at];
    if (!row) return;
    const holder = rows.slice(0, at).findLast(({ level }) => level < row.level);
    const moves: Record<string, () => void> = {
      ArrowDown: () => {
        go(rows[at + 1]);
      },
      ArrowUp: () => {
        go(rows[at - 1]);
      },
      Home: () => {
        go(rows[0]);
      },
      End: () => {
        go(rows.at(-1));
      },
      ArrowRight: () => {
        if (row.isOpen === false) onFold(row.address, true);
        else if (row.isOpen) go(rows[at + 1]);
      },
      ArrowLeft: () => {
        if (row.isOpen) onFold(row.address, false);
        else go(holder);
      },
      Enter: () => {
        if (row.isOpen !== null) onFold(row.address, !row.isOpen);
      },
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <div
      ref={list}
      role="tree"
      aria-label="Payload"
      onKeyDown={press}
      style={{
        position: "relative",
        maxHeight: "36rem",
        overflow: "auto",
        fontFamily: "var(--p-font-family-mono)",
        fontSize: "var(--p-font-size-325)",
        lineHeight: "1.5rem",
      }}
    >
      {rows.map((row) => {
        const isActive = row.address === shown;
        return (
          <div
            key={row.address}
            role="treeitem"
            aria-level={row.level + 1}
            aria-expanded={row.isOpen ?? undefined}
            aria-selected={isActive}
            tabIndex={isActive ? 0 : -1}
            data-active={isActive ? "" : undefined}
            onClick={() => {
              onActive(row.address);
              if (row.isOpen !== null) onFold(row.address, !row.isOpen);
            }}
            style={{
              paddingInlineStart: `${String(row.level * 0.875 + 0.25)}rem`,
              overflowWrap: "anywhere",
              cursor: row.isOpen === null ? "default" : "pointer",
              background: isActive
                ? isHit
                  ? "var(--p-color-bg-fill-caution)"
                  : "var(--p-color-bg-surface-selected)"
                : undefined,
            }}
          >
            <RowText row={row} />
          </div>
        );
      })}
    </div>
  );
}

function RowText({ row: { step, node, isOpen } }: { row: JsonRow }) {
  const { number } = useFormat();
  return (
    <>
      <span aria-hidden style={{ display: "inline-block", width: "1rem" }}>
        {isOpen === null ? "" : isOpen ? "▾" : "▸"}
      </span>
      {step === null ? null : (
        <span
          style={{ color: "var(--p-color-text-secondary)" }}
        >{`${String(step)}${node === null ? "" : ": "}`}</span>
      )}
      {node === null ? null : valueWords(node, number)}
    </>
  );
}

function valueWords(node: JsonNode, number: (value: number) => string): string {
  const count = (n: number, one: string, many: string) => `${number(n)} ${n === 1 ? one : many}`;
  if (node.kind === "object")
    return node.members.length === 0 ? "{}" : `{ ${count(node.members.length, "field", "fields")} }`;
  if (node.kind === "array")
    return node.items.length === 0 ? "[]" : `[ ${count(node.items.length, "item", "items")} ]`;
  if (node.kind === "plain") return node.text;
  if (node.value.length <= MOST_SHOWN) return JSON.stringify(node.value);
  return `${JSON.stringify(node.value.slice(0, MOST_SHOWN))} … (${number(node.value.length)} characters)`;
}
