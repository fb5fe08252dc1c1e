/**
 * A JSON document as it is written: numbers are kept as text, because a float rounds ids above 2^53 and drops the zeros of an
 * amount, and a name that stands twice in an object is there twice.
 */
export type JsonNode =
  | { kind: "object"; members: readonly JsonMember[] }
  | { kind: "array"; items: readonly JsonNode[] }
  | { kind: "string"; value: string }
  /** A number, `true`, `false` or `null`, as written. */
  | { kind: "plain"; text: string };
export type JsonMember = { name: string; node: JsonNode };

/** Deeper than anything Shopify sends; what walks the tree may then call itself. */
const MOST_LEVELS = 400;

/** @returns null for what is no JSON, or nested deeper than 400 levels */
export function parseJson(text: string): JsonNode | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return readValid(text);
}

/** What is valid already needs no checking: each value is known by its first character. */
function readValid(text: string): JsonNode | null {
  let at = 0;
  const found = { isTooDeep: false };
  const peek = (): string => {
    while (isSpace(text.charCodeAt(at))) at++;
    return text.charAt(at);
  };
  const readString = (): string => {
    const start = at;
    for (at = text.indexOf('"', at + 1); isEscaped(text, at); at = text.indexOf('"', at + 1));
    at++;
    return JSON.parse(text.slice(start, at)) as string;
  };
  const readUntil = (end: string, readOne: () => void): void => {
    at++;
    while (!found.isTooDeep && peek() !== end) {
      readOne();
      if (peek() === ",") at++;
    }
    at++;
  };
  const read = (level: number): JsonNode => {
    const first = peek();
    if (first === '"') return { kind: "string", value: readString() };
    if (first !== "{" && first !== "[") return { kind: "plain", text: readPlain() };
    if (level === MOST_LEVELS) {
      found.isTooDeep = true;
      return { kind: "array", items: [] };
    }
    if (first === "[") {
      const items: JsonNode[] = [];
      readUntil("]", () => {
        items.push(read(level + 1));
      });
      return { kind: "array", items };
    }
    const members: JsonMember[] = [];
    readUntil("}", () => {
      peek();
      const name = readString();
      peek();
      at++;
      members.push({ name, node: read(level + 1) });
    });
    return { kind: "object", members };
  };
  const readPlain = (): string => {
    const start = at;
    while (at < text.length && !",]} \t\r\n".includes(text.charAt(at))) at++;
    return text.slice(start, at);
  };
  const root = read(0);
  return found.isTooDeep ? null : root;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charAt(at - 1 - slashes) === "\\") slashes++;
  return slashes % 2 === 1;
}
