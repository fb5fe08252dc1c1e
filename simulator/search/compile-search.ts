import type { GraphQLField } from "graphql";
import { NotSimulatedError } from "#simulator/graphql/not-simulated-error.ts";
import type { SimNode, SimValue } from "#simulator/store/types.ts";
import { parseSearch, type SearchTerm, type SearchTree } from "./parse-search.ts";
import { searchFieldsOf, type SearchField } from "./search-fields.ts";
import { COMMON_READERS, DEFAULT_SEARCH, SEARCH_READERS } from "./search-readers.ts";

/** A record that may not have been made yet: a period is decided without making it. */
export type SearchRow = { node(): SimNode; time(field: "createdAt" | "updatedAt"): string | null };

/** How Shopify tells, in `extensions.search`, that it left a term out. */
export type SearchWarning = {
  query: string;
  parsed: { field: string; match_all: string };
  warnings: { field: string; message: string; code: string }[];
};

export type CompiledSearch = {
  /** Null = every row matches (no query, or nothing of it was usable). */
  matches: ((row: SearchRow) => boolean) | null;
  warnings: SearchWarning[];
};

type Test = (row: SearchRow) => boolean;

/**
 * Turns a `query` argument of `field` into a test. As at Shopify a term with an unknown field is
 * ignored: without other terms ALL rows match, and only a warning tells.
 *
 * @throws NotSimulatedError for a filter that Shopify has and the simulator has not.
 */
export function compileSearch(
  field: GraphQLField<unknown, unknown>,
  nodeTypeName: string,
  query: string,
  now: Date,
): CompiledSearch {
  const fields = searchFieldsOf(field);
  const warnings: SearchWarning[] = [];

  function compile(tree: SearchTree): Test | null {
    if (tree.kind === "term") return compileTerm(tree);
    if (tree.kind === "not") {
      const inner = compile(tree.of);
      return inner === null ? null : (row) => !inner(row);
    }
    const tests = tree.of.map(compile).filter((test) => test !== null);
    if (tests.length === 0) return null;
    return tree.kind === "and"
      ? (row) => tests.every((test) => test(row))
      : (row) => tests.some((test) => test(row));
  }

  function warn(term: SearchTerm, message: string, code: string): null {
    const name = term.field ?? "default";
    warnings.push({
      query,
      parsed: { field: name, match_all: term.value },
      warnings: [{ field: name, message, code }],
    });
    return null;
  }

  function compileTerm(term: SearchTerm): Test | null {
    if (term.field === null) return compileWord(term.value, nodeTypeName);
    const known = fields.get(term.field);
    if (known === undefined) return warn(term, "Invalid search field for this query.", "invalid_field");
    const negatedTag = term.field === "tag_not";
    const readerName = negatedTag ? "tag" : term.field;
    const reader = SEARCH_READERS[nodeTypeName]?.[readerName] ?? COMMON_READERS[readerName];
    if (reader === undefined) throw new NotSimulatedError(`The filter "${term.field}" of ${field.name}`);
    const compare = compileComparison(term, known, now);
    if (compare === null)
      return warn(term, `Input \`${term.value}\` is not an accepted \`${known.type}\`.`, "invalid_value");
    const read = readRow(term.field, reader);
    const test: Test = (row) => someValue(read(row), compare);
    return negatedTag ? (row) => !test(row) : test;
  }

  const tree = parseSearch(query);
  return { matches: tree === null ? null : compile(tree), warnings };
}

function readRow(
  field: string,
  reader: (node: SimNode) => SimValue | undefined,
): (row: SearchRow) => SimValue | undefined {
  if (field === "created_at" || field === "customer_date")
    return (row) => row.time("createdAt") ?? reader(row.node());
  if (field === "updated_at") return (row) => row.time("updatedAt") ?? reader(row.node());
  return (row) => reader(row.node());
}

type Comparison = (value: string | number | boolean) => boolean;

function someValue(value: SimValue | undefined, compare: Comparison): boolean {
  if (Array.isArray(value)) return value.some((member: SimValue) => someValue(member, compare));
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? compare(value)
    : false;
}

/** @returns null when the value cannot be read as the filter's type. */
function compileComparison(term: SearchTerm, field: SearchField, now: Date): Comparison | null {
  if (term.value === "*") return () => true;
  switch (field.type) {
    case "time":
      return compileTime(term, field.wholeDay, now);
    case "boolean":
      return /^(true|false)$/i.test(term.value)
        ? (value) => String(value) === term.value.toLowerCase()
        : null;
    case "integer":
    case "float":
    case "bigdecimal": {
      const wanted = Number(term.value);
      return term.value === "" || Number.isNaN(wanted)
        ? null
        : (value) => ordered(Number(value) - wanted, term.comparator);
    }
    case "id": {
      const wanted = idNumber(term.value);
      return wanted === null
        ? null
        : (value) => ordered(Number((idNumber(String(value)) ?? 0n) - wanted), term.comparator);
    }
    default:
      return compileText(term);
  }
}

/** A date without time is a whole day when compared for equality; `now` is the present. */
function compileTime(term: SearchTerm, wholeDay: boolean, now: Date): Comparison | null {
  const text = /^\d{4}$/.test(term.value) ? `${term.value}-01-01` : term.value;
  const wantedMs = text === "now" ? now.getTime() : Date.parse(text);
  if (Number.isNaN(wantedMs)) return null;
  const dayOnly = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (wholeDay || (dayOnly && term.comparator === "=")) {
    const wantedDay = new Date(wantedMs).toISOString().slice(0, 10);
    return (value) => {
      const day = String(value).slice(0, 10);
      return ordered(day < wantedDay ? -1 : day > wantedDay ? 1 : 0, term.comparator);
    };
  }
  return (value) => ordered(Date.parse(String(value)) - wantedMs, term.comparator);
}

/** Text matches entirely, without regard to case; `*` at the end matches a beginning; commas list choices. */
function compileText(term: SearchTerm): Comparison {
  if (term.comparator !== "=") {
    const wanted = term.value.toLowerCase();
    const asNumber = Number(term.value);
    return (value) => {
      const difference = Number(value) - asNumber;
      if (!Number.isNaN(difference)) return ordered(difference, term.comparator);
      const text = String(value).toLowerCase();
      return ordered(text < wanted ? -1 : text > wanted ? 1 : 0, term.comparator);
    };
  }
  const choices = [term.value, ...term.value.split(",")].map((choice) => choice.trim().toLowerCase());
  return (value) => {
    const text = String(value).toLowerCase();
    return choices.some((choice) => {
      if (choice.endsWith("*")) return text.startsWith(choice.slice(0, -1));
      return (
        text === choice ||
        text === `gid://shopify/${choice}` ||
        (text.startsWith("gid://") && text.endsWith(`/${choice}`))
      );
    });
  };
}

function compileWord(word: string, nodeTypeName: string): Test {
  const readers = DEFAULT_SEARCH[nodeTypeName];
  if (readers === undefined) throw new NotSimulatedError(`Searching ${nodeTypeName} by a bare word`);
  const wanted = word.toLowerCase().replace(/\*$/, "");
  return (row) =>
    readers.some((reader) =>
      someValue(reader(row.node()), (value) => String(value).toLowerCase().includes(wanted)),
    );
}

function idNumber(text: string): bigint | null {
  const digits = /^(?:gid:\/\/shopify\/\w+\/)?(\d+)(?:\?.*)?$/.exec(text)?.[1];
  return digits === undefined ? null : BigInt(digits);
}

function ordered(difference: number, comparator: SearchTerm["comparator"]): boolean {
  switch (comparator) {
    case "<":
      return difference < 0;
    case ">":
      return difference > 0;
    case "<=":
      return difference <= 0;
    case ">=":
      return difference >= 0;
    case "=":
      return difference === 0;
  }
}
