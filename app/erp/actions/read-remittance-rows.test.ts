import { expect, test } from "vitest";

import { readRemittanceRows, separatorOf } from "./read-remittance-rows.ts";

const rowsOf = (...rows: string[][]) => rows.map((cells, index) => ({ line: index + 1, cells }));
const HEAD = ["AWB", "Amount", "Reference", "Deduction", "Date"];
const one = (cells: string[], head = HEAD) => readRemittanceRows(rowsOf(head, cells));

test("columns are found by the names couriers use, in any order", () => {
  const expected = {
    ...{ awbNumber: "DL1", amount: "1250.50", reference: "UTR9", deduction: "20", date: "2026-11-22" },
  };
  for (const [head, cells] of [
    [HEAD, ["DL1", "1250.50", "UTR9", "20", "2026-11-22"]],
    [
      ["UTR No.", "Remittance Date", "Waybill Number", "Net Payable (INR)", "Charges"],
      ["UTR9", "22/11/2026", "DL1", "1,250.50", "20"],
    ],
    [
      ["awb_code", "cod amount", "crf id", "fees", "paid_on"],
      ["'DL1", "₹1,250.50", "UTR9", "Rs. 20", "22-Nov-2026"],
    ],
  ] as const) {
    const read = one([...cells], [...head]);
    const said = cells[1].startsWith("₹") ? { ...expected, currency: "INR" } : expected;
    expect(read).toEqual({ entries: [said], problems: [] });
  }
});

test("a column that is not there is asked for, or said for all rows", () => {
  const rows = rowsOf(["AWB", "Amount"], ["DL1", "100"]);
  expect(readRemittanceRows(rows)).toEqual({
    ...{ entries: [], asks: ["reference", "date"] },
    problems: [
      { line: 0, words: "The file has no column for reference and date: say it below for all rows." },
    ],
  });
  expect(readRemittanceRows(rows, { reference: "UTR1", date: "2026-11-22" }).entries).toEqual([
    { awbNumber: "DL1", amount: "100", reference: "UTR1", deduction: "0", date: "2026-11-22" },
  ]);
  expect(readRemittanceRows(rowsOf(["Order", "Amount"], ["1", "100"])).problems[0]?.words).toMatch(
    /no column for AWB. It says: Order, Amount/,
  );
  expect(readRemittanceRows([]).problems[0]?.words).toMatch(/empty/);
  expect(readRemittanceRows(rowsOf(HEAD)).problems[0]?.words).toMatch(/no row below/);
});

test("amounts are read exactly, and one that could be two is refused", () => {
  const amountOf = (text: string) => one(["DL1", text, "U", "", "2026-11-22"]).entries[0]?.amount;
  expect(amountOf("1,25,000.50")).toBe("125000.50");
  expect(amountOf("1,250")).toBe("1250");
  expect(amountOf("$ 12.5")).toBe("12.5");
  expect(amountOf("500/-")).toBe("500");
  for (const text of ["1.250,50", "12,5", "-5", "(5)", "1e3", "", "abc", "٥"])
    expect(amountOf(text), text).toBeUndefined();
});

test("a currency is read where a row says one, by its column, its code or its sign", () => {
  const currencyOf = (amount: string, own = "") =>
    one(["DL1", amount, "U", "", "2026-11-22", own], [...HEAD, "Currency"]).entries[0];
  expect(currencyOf("100")?.currency).toBeUndefined();
  expect(currencyOf("100", "usd")).toMatchObject({ amount: "100", currency: "USD" });
  for (const text of ["USD 100", "100 USD", "usd100"])
    expect(currencyOf(text), text).toMatchObject({ amount: "100", currency: "USD" });
  for (const text of ["₹1,00,000.50", "Rs. 100000.50", "Rs 1,00,000.50/-"])
    expect(currencyOf(text)?.currency, text).toBe("INR");
  expect(currencyOf("€ 5")).toMatchObject({ amount: "5", currency: "EUR" });
  expect(currencyOf("$5")).toMatchObject({ amount: "5" });
  expect(currencyOf("5", "rupees")?.currency).toBeUndefined();
});

test("dates are read as the file writes them", () => {
  const datesOf = (...texts: string[]) => {
    const read = readRemittanceRows(rowsOf(HEAD, ...texts.map((text, i) => [`DL${i}`, "1", "U", "", text])));
    return read.entries.map(({ date }) => date);
  };
  expect(datesOf("03/04/2026", "22/11/2026")).toEqual(["2026-04-03", "2026-11-22"]);
  expect(datesOf("03/04/2026", "11/22/2026")).toEqual(["2026-03-04", "2026-11-22"]);
  expect(datesOf("3-4-26", "2026/4/3", "3 April 2026", "03-Apr-26", "2026-04-03T10:00:00Z")).toEqual(
    Array<string>(5).fill("2026-04-03"),
  );
  expect(datesOf("31/02/2026", "45950", "yesterday", "")).toEqual([]);
});

test("a row that cannot be read says which and why, and the others are read", () => {
  const read = readRemittanceRows(
    rowsOf(
      HEAD,
      ["DL1", "100", "U", "", "2026-11-22"],
      ["", "100", "U", "", "2026-11-22"],
      ["DL2", "much", "U", "", "2026-11-22"],
      ["DL3", "5", "U", "", "soon"],
      ["Total", "205"],
    ),
  );
  expect(read.entries.map(({ awbNumber }) => awbNumber)).toEqual(["DL1"]);
  expect(read.problems).toEqual([
    { line: 3, words: "There is no AWB" },
    { line: 4, words: "“much” is no amount: write it as 1250.50" },
    { line: 5, words: "“soon” is no date: write it as 2026-11-22" },
    { line: 6, words: "There is no reference" },
  ]);
});

test("cells are parted by what parts the first line", () => {
  expect(separatorOf("awb,amount\n1;2;3;4")).toBe(",");
  expect(separatorOf("awb;amount;date\r1,5;2")).toBe(";");
  expect(separatorOf("awb\tamount")).toBe("\t");
  expect(separatorOf("awb")).toBe(",");
});

test("rows left out are kept as they came, and are read the same in a file of their own", () => {
  const rows = rowsOf(
    HEAD,
    ["DL1", "100", "U", "", "11/22/2026"],
    ["DL2", "much", "U", "", "03/04/2026"],
    ["", "5", "U", "", "soon"],
  );
  const { entries, problems, leftOut } = readRemittanceRows(rows);
  expect([entries.length, problems.map(({ line }) => line)]).toEqual([1, [3, 4]]);
  expect(leftOut).toEqual({
    head: HEAD,
    rows: [
      { line: 3, cells: ["DL2", "much", "U", "", "2026-03-04"] },
      { line: 4, cells: ["", "5", "U", "", "soon"] },
    ],
  });
  const corrected = ["DL2", "7", ...(leftOut?.rows[0]?.cells.slice(2) ?? []), "3", "“much” is no amount"];
  expect(one(corrected, [...HEAD, "Line", "Why it was left out"]).entries).toMatchObject([
    { awbNumber: "DL2", amount: "7", date: "2026-03-04" },
  ]);
});
