import { RemittanceEntry } from "./remittance.ts";

/** One row of a courier's file, with its line in it. */
export type CsvRow = { line: number; cells: readonly string[] };

/** What stands for a column that the file does not have. */
export type RemittanceDefaults = { reference?: string | undefined; date?: string | undefined };

export type ReadRemittances = {
  entries: RemittanceEntry[];
  /** Rows that were left out, and what keeps the file from being read; `line` 0 is the file as a whole. */
  problems: { line: number; words: string }[];
  /**
   * The rows left out, as they came, below the names of their columns; in the order of `problems`. Their days are written out, since
   * which part of one is the month was told by the whole file.
   */
  leftOut?: { head: readonly string[]; rows: CsvRow[] };
  /** Columns that the file does not have, and that can be said for all its rows. */
  asks?: (keyof RemittanceDefaults)[];
};

const columns = {
  awbNumber: [
    ...["awb", "awbnumber", "awbno", "awbcode", "waybill", "waybillno", "waybillnumber", "airwaybill"],
    ...["airwaybillnumber", "trackingnumber", "trackingno", "trackingid", "shipmentawb", "docketno", "lrno"],
  ],
  amount: [
    ...[
      "amount",
      "remittedamount",
      "remittanceamount",
      "amountremitted",
      "netamount",
      "netpayable",
      "netpaid",
    ],
    ...["paidamount", "amountpaid", "payableamount", "remittance", "codamount", "collectedamount", "cod"],
  ],
  reference: [
    ...["reference", "referenceno", "referencenumber", "ref", "refno", "utr", "utrno", "utrnumber", "crfid"],
    ...["remittanceid", "transactionid", "transactionno", "paymentid", "paymentreference", "statement"],
  ],
  deduction: [
    ...[
      "deduction",
      "deductions",
      "deductedamount",
      "charges",
      "charge",
      "fee",
      "fees",
      "commission",
      "freight",
    ],
  ],
  currency: ["currency", "currencycode", "curr", "ccy"],
  date: [
    ...["date", "paidon", "paiddate", "paymentdate", "remittancedate", "remittedon", "utrdate", "creditdate"],
    ...["depositdate", "transactiondate"],
  ],
} as const;
type Column = keyof typeof columns;

const names: Record<Column, string> = {
  ...{ awbNumber: "AWB", amount: "amount", reference: "reference", deduction: "deduction", date: "date" },
  currency: "currency",
};

/** What a courier's file says it paid out. The first row names the columns, in any order, by the names couriers use. */
export function readRemittanceRows(
  rows: readonly CsvRow[],
  defaults: RemittanceDefaults = {},
): ReadRemittances {
  const [head, ...body] = rows;
  if (head === undefined)
    return fileProblem("The file is empty: it needs a row of column names and a row for each AWB.");
  const places = placesOf(head.cells);
  const missing = (["awbNumber", "amount"] as const).filter((column) => places[column] === undefined);
  const asked = (["reference", "date"] as const).filter(
    (column) => places[column] === undefined && defaults[column] === undefined,
  );
  if (missing.length > 0)
    return fileProblem(
      `The first row names no column for ${list(missing)}. It says: ${head.cells.join(", ").slice(0, 200)}. Name the columns in its first row (AWB, Amount, Reference, Date), then choose the file again.`,
    );
  if (asked.length > 0)
    return {
      ...fileProblem(`The file has no column for ${list(asked)}: say it below for all rows.`),
      asks: asked,
    };
  if (body.length === 0) return fileProblem("The file has column names and no row below them.");
  const cell = (row: CsvRow, column: Column) => row.cells[places[column] ?? -1]?.trim() ?? "";
  const order = dayFirst(body.map((row) => cell(row, "date")));
  const read: ReadRemittances = { entries: [], problems: [] };
  const rowsLeftOut: CsvRow[] = [];
  for (const row of body) {
    const entry = RemittanceEntry.safeParse({
      awbNumber: plainId(cell(row, "awbNumber")),
      amount: plainAmount(cell(row, "amount")),
      deduction: plainAmount(cell(row, "deduction") || "0"),
      reference: plainId(cell(row, "reference")) || (defaults.reference ?? ""),
      ...currencyOf([cell(row, "currency"), cell(row, "amount"), cell(row, "deduction")]),
      date: plainDay(cell(row, "date"), order) || (defaults.date ?? ""),
    });
    if (entry.success) read.entries.push(entry.data);
    else {
      read.problems.push({ line: row.line, words: problemOf(entry.error.issues[0]?.path[0], row, cell) });
      const days = (text: string, place: number) =>
        place === places.date ? plainDay(text.trim(), order) : text;
      rowsLeftOut.push({ ...row, cells: row.cells.map(days) });
    }
  }
  return rowsLeftOut.length === 0 ? read : { ...read, leftOut: { head: head.cells, rows: rowsLeftOut } };
}

function fileProblem(words: string): ReadRemittances {
  return { entries: [], problems: [{ line: 0, words }] };
}

function list(missing: readonly Column[]): string {
  return missing.map((column) => names[column]).join(" and ");
}

function placesOf(cells: readonly string[]): Partial<Record<Column, number>> {
  const plain = cells.map((cell) =>
    cell
      .toLowerCase()
      .replace(/\(.*\)/, "")
      .replaceAll(/[^a-z]/g, ""),
  );
  const found = Object.entries(columns).flatMap(([column, known]) => {
    const name = known.find((one) => plain.includes(one));
    return name === undefined ? [] : [[column, plain.indexOf(name)] as const];
  });
  return Object.fromEntries(found);
}

function problemOf(
  field: PropertyKey | undefined,
  row: CsvRow,
  cell: (row: CsvRow, column: Column) => string,
): string {
  const column = (typeof field === "string" && field in names ? field : "awbNumber") as Column;
  const said = cell(row, column);
  if (said === "") return `There is no ${names[column]}`;
  const shown = said.slice(0, 50);
  if (column === "date") return `“${shown}” is no date: write it as 2026-11-22`;
  if (column === "awbNumber" || column === "reference")
    return `The ${names[column]} “${shown}” cannot be read`;
  return `“${shown}” is no ${names[column]}: write it as 1250.50`;
}

/** A spreadsheet writes an apostrophe before what it is to take for text. */
function plainId(text: string): string {
  return text.replace(/^'/, "").trim();
}

const SIGNS: Readonly<Record<string, string>> = {
  ...{ "₹": "INR", rs: "INR", "rs.": "INR", "€": "EUR", "£": "GBP", "₩": "KRW", "₦": "NGN", "₫": "VND" },
  ...{ "₱": "PHP", "৳": "BDT", "฿": "THB" },
};

/** The currency that a row's cells name, the first of them; a sign of several ("$", "¥") names none. */
function currencyOf(cells: readonly string[]): { currency?: string } {
  for (const text of cells) {
    const sign = /^'?\s*([a-z]{3}(?![a-z])|rs\.?|\p{Sc})|((?<![a-z])[a-z]{3}|\p{Sc})\s*$/iu.exec(text);
    const said = (sign?.[1] ?? sign?.[2] ?? "").toLowerCase();
    const currency = SIGNS[said] ?? (/^[a-z]{3}$/.test(said) ? said.toUpperCase() : undefined);
    if (currency !== undefined) return { currency };
  }
  return {};
}

/** "₹1,25,000.50", "Rs. 500/-" and "INR 500" as decimals; what could be two amounts stays as it is, and is refused. */
function plainAmount(text: string): string {
  const bare = text
    .replace(/^'/, "")
    .replace(/^\s*(rs\.?|[a-z]{3}(?=[\s\d])|[\p{Sc}])\s*/iu, "")
    .replace(/\s*(\/-|(?<=[\s\d])[a-z]{3}|[\p{Sc}])\s*$/iu, "");
  return /^\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$/.test(bare) ? bare.replaceAll(",", "") : bare;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NUMBERS = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/;

/** Whether days stand before months: as one date of the file that can be read in one way only shows; else as most of the world writes. */
function dayFirst(dates: readonly string[]): boolean {
  const numbers = dates.map((date) => NUMBERS.exec(date)).filter((found) => found !== null);
  const isMonthFirst = numbers.some(([, , second]) => Number(second) > 12);
  return !isMonthFirst;
}

/** A date as YYYY-MM-DD; a time behind it is left aside. */
function plainDay(text: string, isDayFirst: boolean): string {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text);
  if (iso) return dayOf(iso[1], iso[2], iso[3]);
  const numbers = NUMBERS.exec(text);
  if (numbers)
    return isDayFirst ? dayOf(numbers[3], numbers[2], numbers[1]) : dayOf(numbers[3], numbers[1], numbers[2]);
  const named = /^(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s,-]+(\d{4}|\d{2})\b/i.exec(text);
  if (named) return dayOf(named[3], String(MONTHS.indexOf(named[2]?.toLowerCase() ?? "") + 1), named[1]);
  return text;
}

function dayOf(year = "", month = "", day = ""): string {
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** By what the cells of a file are parted, by its first line: Excel writes semicolons where a comma is the decimal sign. */
export function separatorOf(text: string): "," | ";" | "\t" {
  const [first = ""] = text.split(/[\r\n]/, 1);
  const count = (separator: string) => first.split(separator).length;
  const all = [",", ";", "\t"] as const;
  return all.reduce((best, one) => (count(one) > count(best) ? one : best), ",");
}
