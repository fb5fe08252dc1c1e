/** Shopify's search syntax as a tree. `field` null = a bare word, searched in several fields. */
export type SearchTerm = {
  kind: "term";
  field: string | null;
  comparator: "=" | "<" | ">" | "<=" | ">=";
  value: string;
  text: string;
};
export type SearchTree =
  | SearchTerm
  | { kind: "not"; of: SearchTree }
  | { kind: "and"; of: SearchTree[] }
  | { kind: "or"; of: SearchTree[] };

type Token = { kind: "open" | "close" | "and" | "or" | "not" } | SearchTerm;

const TERM_START = /^([A-Za-z_][\w.]*):(<=|>=|<|>)?/;

/**
 * Reads a `query` argument: terms joined by AND (also implied), OR (binds tighter than AND), NOT or
 * `-`, brackets, single or double quotes, `field:value` with `:<`, `:>`, `:<=`, `:>=`.
 * Rule: Shopify's docs, "Shopify API search syntax". Never throws: what cannot be read is a word.
 *
 * @returns null for a blank query.
 */
export function parseSearch(query: string): SearchTree | null {
  const tokens = tokenize(query);
  let position = 0;

  function readAnd(): SearchTree | null {
    const parts: SearchTree[] = [];
    while (position < tokens.length && tokens[position]?.kind !== "close") {
      if (tokens[position]?.kind === "and") {
        position++;
        continue;
      }
      const part = readOr();
      if (part !== null) parts.push(part);
    }
    return join("and", parts);
  }

  function readOr(): SearchTree | null {
    const parts: SearchTree[] = [];
    for (;;) {
      const part = readOne();
      if (part !== null) parts.push(part);
      if (tokens[position]?.kind !== "or") return join("or", parts);
      position++;
    }
  }

  function readOne(): SearchTree | null {
    const token = tokens[position];
    if (token === undefined || token.kind === "close") return null;
    position++;
    if (token.kind === "term") return token;
    if (token.kind === "not") {
      const of = readOne();
      return of === null ? null : { kind: "not", of };
    }
    if (token.kind !== "open") return null;
    const inner = readAnd();
    if (tokens[position]?.kind === "close") position++;
    return inner;
  }

  const trees: SearchTree[] = [];
  while (position < tokens.length) {
    const tree = readAnd();
    if (tree !== null) trees.push(tree);
    if (tokens[position]?.kind === "close") position++; // a bracket too many
  }
  return join("and", trees);
}

function join(kind: "and" | "or", parts: SearchTree[]): SearchTree | null {
  if (parts.length <= 1) return parts[0] ?? null;
  return { kind, of: parts };
}

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const char = query.charAt(at);
    if (/\s/.test(char)) at++;
    else if (char === "(") at += push(tokens, { kind: "open" });
    else if (char === ")") at += push(tokens, { kind: "close" });
    else if (char === "-" && /\S/.test(query.charAt(at + 1))) at += push(tokens, { kind: "not" });
    else at = readTerm(query, at, tokens);
  }
  return tokens;
}

function push(tokens: Token[], token: Token): number {
  tokens.push(token);
  return 1;
}

function readTerm(query: string, start: number, tokens: Token[]): number {
  const head = TERM_START.exec(query.slice(start));
  const valueStart = start + (head?.[0].length ?? 0);
  const { value, end, quoted } = readValue(query, valueStart);
  const text = query.slice(start, end);
  if (head === null && !quoted && /^(AND|OR|NOT)$/.test(text)) {
    tokens.push({ kind: text.toLowerCase() as "and" | "or" | "not" });
  } else {
    const comparator = (head?.[2] ?? "=") as SearchTerm["comparator"];
    tokens.push({ kind: "term", field: head?.[1] ?? null, comparator, value, text });
  }
  return end;
}

function readValue(query: string, start: number): { value: string; end: number; quoted: boolean } {
  const quote = query.charAt(start);
  if (quote === "'" || quote === '"') {
    let value = "";
    let at = start + 1;
    while (at < query.length && query.charAt(at) !== quote) {
      if (query.charAt(at) === "\\" && at + 1 < query.length) at++;
      value += query.charAt(at);
      at++;
    }
    return { value, end: Math.min(at + 1, query.length), quoted: true };
  }
  let at = start;
  while (at < query.length && !/[\s()]/.test(query.charAt(at))) at++;
  return { value: query.slice(start, at), end: Math.max(at, start + (at === start ? 1 : 0)), quoted: false };
}
