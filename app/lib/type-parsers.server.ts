import pg from "pg";

/** Numbers of PostgreSQL's built-in types, from its catalog `pg_type`. */
const INT8 = 20;
const INT8_ARRAY = 1016;
const DATE = 1082;

/**
 * How our pool reads values where pg's defaults lose something: an `int8` is a number, and never a rounded
 * one; a `date` stays the text it is (as a Date it would move with the machine's time zone). `timestamptz`
 * is a Date and `numeric` a string by default. Only our own pool uses these; no other library is affected.
 */
export const typeParsers = new pg.TypeOverrides();
typeParsers.setTypeParser(INT8, parseInt8);
typeParsers.setTypeParser(INT8_ARRAY, (text) => {
  const items = text.slice(1, -1).split(",").filter(Boolean); // {1,NULL,3}; numbers need no quotes
  return items.map((item) => (item === "NULL" ? null : parseInt8(item)));
});
typeParsers.setTypeParser(DATE, (text) => text);

function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`int8 ${text} does not fit into a number: select it as text`);
}
