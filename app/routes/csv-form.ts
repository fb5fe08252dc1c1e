const AMOUNT = /^-?\d+(\.\d+)?$/;

/** How every CSV of the app is written, for csv-stringify. */
export const CSV_FORM = {
  // A cell that a spreadsheet would take for a formula is quoted by an apostrophe. An amount below zero begins as one does, and is none.
  cast: { string: (value: string) => ({ value, escape_formulas: !AMOUNT.test(value) }) },
  // By this mark only a spreadsheet takes a file for UTF-8; without it names in other scripts are rubbish.
  bom: true,
};
