/**
 * PostgreSQL's COPY text format: the quickest way to hand over many rows. One line per row, tabs between
 * columns, `\N` for null, backslash escapes (PostgreSQL docs, COPY, "Text Format").
 */

export type CopyValue = string | number | boolean | Date | null | readonly string[];

const SPECIAL = /[\\\t\n\r]/;
const EVERY_SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Escapes text that COPY would otherwise read as its own marks. */
export function escapeCopyText(text: string): string {
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, (mark) => ESCAPES[mark] ?? mark) : text;
}

/** A text[] literal: {"a","b"}. */
function arrayLiteral(values: readonly string[]): string {
  if (values.length === 0) return "{}";
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`;
}

function copyField(value: CopyValue): string {
  if (value === null) return "\\N";
  if (typeof value === "string") return escapeCopyText(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "t" : "f";
  if (value instanceof Date) return value.toISOString();
  return escapeCopyText(arrayLiteral(value));
}

/** One row of named values in the order of `columns`, its newline included. */
export function copyRow<Column extends string>(
  row: Readonly<Record<Column, CopyValue>>,
  columns: readonly Column[],
): string {
  let line = "";
  for (const column of columns) line += `\t${copyField(row[column])}`;
  return `${line.slice(1)}\n`;
}

/** One row, its newline included. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = "";
  for (let i = 0; i < values.length; i++) line += (i === 0 ? "" : "\t") + copyField(values[i] ?? null);
  return line + "\n";
}

const UNESCAPES: Record<string, string> = { t: "\t", n: "\n", r: "\r" };

/** What {@link copyRow} wrote, value by value as text: PostgreSQL reads each as COPY would. */
export function readCopyRows<Column extends string>(
  text: string,
  columns: readonly Column[],
): Record<Column, string | null>[] {
  if (text === "") return [];
  const lines = text.endsWith("\n") ? text.slice(0, -1) : text;
  return lines.split("\n").map((line) => {
    const fields = line.split("\t").map(unescapeCopyText);
    return Object.fromEntries(columns.map((column, i) => [column, fields[i] ?? null])) as Record<
      Column,
      string | null
    >;
  });
}

function unescapeCopyText(field: string): string | null {
  if (field === "\\N") return null;
  if (!field.includes("\\")) return field;
  return field.replace(/\\(.)/g, (_, mark: string) => UNESCAPES[mark] ?? mark);
}
