import { readCursorText } from "#app/lib/cursor.ts";
import type { ListAt } from "#app/lib/list-page.ts";
import { isDay } from "#app/lib/zoned-day.ts";

/** Rows on one page of a list. */
export const PAGE_ROWS = 50;

const MOST_SEARCHED = 100;

/** What a list can be asked, by the names of its parameters in the address. */
export type ListQuestions<Choices extends Record<string, readonly string[]>> = {
  /** Filters of which one or more values can be chosen, and which values there are. */
  choices?: Choices;
  /** Filters by day: `{name}From` and `{name}To`, both included. */
  days?: readonly string[];
  /** The first is the one that holds where none is named. */
  sorts?: readonly string[];
};

export type ListQuery<Choices extends Record<string, readonly string[]>> = {
  /** What was typed, without spaces around it; empty: nothing. */
  search: string;
  /** Only filters of which something was chosen; each value once, however often the address says it. */
  choices: { [Name in keyof Choices]?: Choices[Name][number][] };
  /** Days of the calendar, "2026-11-22", in the shop's time zone. */
  days: Record<string, { from?: string; to?: string }>;
  sort: string;
  at: ListAt;
  /** Parameters that said nothing this list knows: left out, and told to whoever followed such a link. */
  ignored: string[];
};

/** Reads what a list is asked from the page's address. Nothing in an address is an error: what cannot be understood is left out. */
export function readListQuery<const Choices extends Record<string, readonly string[]>>(
  { url }: Pick<Request, "url">,
  { choices, days = [], sorts = [] }: ListQuestions<Choices>,
): ListQuery<Choices> {
  const given = new URL(url).searchParams;
  const ignored: string[] = [];
  const chosen: Record<string, string[]> = {};
  for (const [name, known] of Object.entries<readonly string[]>(choices ?? {})) {
    const asked = [...new Set(given.getAll(name))];
    const values = asked.filter((value) => known.includes(value));
    if (values.length > 0) chosen[name] = values;
    if (values.length < asked.length) ignored.push(name);
  }
  const day = (name: string): string | undefined => {
    const text = given.get(name) ?? "";
    if (text === "") return undefined;
    if (isDay(text)) return text;
    ignored.push(name);
    return undefined;
  };
  const period = (name: string) => {
    const from = day(`${name}From`);
    const to = day(`${name}To`);
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  };
  const [usual = ""] = sorts;
  const sort = given.get("sort") ?? usual;
  if (!sorts.includes(sort) && sort !== usual) ignored.push("sort");
  const at = readAt(given);
  if (at === "unknown") ignored.push("page");
  return {
    search: (given.get("search") ?? "")
      .replaceAll(/\p{Cc}/gu, " ")
      .trim()
      .slice(0, MOST_SEARCHED)
      .toWellFormed(),
    choices: chosen,
    days: Object.fromEntries(days.map((name) => [name, period(name)])),
    sort: sorts.includes(sort) ? sort : usual,
    at: at === "unknown" ? null : at,
    ignored,
  };
}

function readAt(given: URLSearchParams): ListAt | "unknown" {
  const side = given.has("before") ? "before" : "after";
  const cursor = given.get(side);
  if (cursor === null) return null;
  try {
    const key = readCursorText(cursor);
    const isKey = Array.isArray(key) && key.every((part) => typeof part === "string" && !part.includes("\0"));
    return isKey ? { side, key: key as string[], orFirst: true } : "unknown";
  } catch {
    return "unknown";
  }
}
