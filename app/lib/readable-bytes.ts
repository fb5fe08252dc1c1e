/** Bytes as a person can read them: JSON laid out, text as it is, anything else as hexadecimal. */
export type ReadableBytes = { as: "json" | "text" | "bytes"; text: string };

const BYTES_A_LINE = 16;
const MOST_LINES = 256;

/**
 * What bytes that came from outside say. Never throws; a NUL byte, or what is no UTF-8, is shown as bytes.
 * @param isWhole whether they are all: what was cut off may end within a character, and is no JSON
 */
export function readableBytes(bytes: Uint8Array, isWhole: boolean): ReadableBytes {
  const text = decode(bytes, isWhole);
  if (text === null || text.includes("\0")) return { as: "bytes", text: hexLines(bytes) };
  if (!isWhole) return { as: "text", text };
  try {
    JSON.parse(text);
    return { as: "json", text: layOut(text) };
  } catch {
    return { as: "text", text };
  }
}

function decode(bytes: Uint8Array, isWhole: boolean): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return null;
  }
}

/** New lines and indents outside of strings: numbers stay as they were written, for ids above 2^53 would change by being read. */
function layOut(json: string): string {
  let depth = 0;
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gu) ?? [];
  let out = "";
  tokens.forEach((token, index) => {
    const line = () => `\n${"  ".repeat(depth)}`;
    if (token === "{" || token === "[") {
      const isEmpty = tokens[index + 1] === (token === "{" ? "}" : "]");
      depth += 1;
      out += isEmpty ? token : token + line();
    } else if (token === "}" || token === "]") {
      depth -= 1;
      const isEmpty = tokens[index - 1] === (token === "}" ? "{" : "[");
      out += isEmpty ? token : line() + token;
    } else if (token === ",") out += token + line();
    else out += token === ":" ? ": " : token;
  });
  return out;
}

function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let from = 0; from < bytes.length && lines.length < MOST_LINES; from += BYTES_A_LINE) {
    const line = [...bytes.subarray(from, from + BYTES_A_LINE)];
    const hex = line.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const shown = line.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${from.toString(16).padStart(6, "0")}  ${hex.padEnd(BYTES_A_LINE * 3)} ${shown}`);
  }
  return lines.join("\n");
}
