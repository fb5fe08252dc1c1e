import { expect, test } from "vitest";

import { parseRemittances } from "./parse-remittances.server.ts";

const entry = {
  awbNumber: "DL1",
  amount: "1250.50",
  reference: "UTR, 9",
  deduction: "0",
  date: "2026-11-22",
};

test("a courier's CSV is read: with a mark, quotes, other separators, empty lines and line ends of any kind", () => {
  for (const text of [
    '\uFEFFAWB,Amount,Reference,Date\r\nDL1,"1,250.50","UTR, 9",2026-11-22\r\n\r\n,,,\r\n',
    'awb;amount;utr;date\nDL1;1250.50;"UTR, 9";22/11/2026\n',
    "awb\tamount\tutr\tdate\nDL1\t1250.50\tUTR, 9\t22-Nov-2026",
  ])
    expect(parseRemittances(text)).toEqual({ entries: [entry], problems: [] });
});

test("a problem names the line of the file", () => {
  const text = "awb,amount,utr,date\n\nDL1,1,U,2026-11-22\n\nDL2,much,U,2026-11-22\n";
  expect(parseRemittances(text).problems).toEqual([
    { line: 5, words: "“much” is no amount: write it as 1250.50" },
  ]);
});

test("what is no CSV is said, and nothing that is sent fails", () => {
  for (const text of [
    "",
    "\uFEFF",
    "\u0000\u0001",
    'awb,amount,utr,date\n"DL1',
    "%PDF-1.4\n\u00ff",
    "x".repeat(100_000),
  ])
    expect(parseRemittances(text).entries, text.slice(0, 20)).toEqual([]);
  expect(parseRemittances("").problems[0]?.words).toMatch(/empty/);
});
