/** Which of the columns are instants and which are `numeric`. */
export type ColumnTypes = { instants?: readonly string[]; amounts?: readonly string[] };

/**
 * SQL: columns as they leave the database for other systems: instants as ISO 8601 in UTC to the millisecond, `numeric` as
 * exact text (also inside JSON, where it would become a float). A column "a as b" gets the name b.
 * Sort by the qualified column (`o."updatedAt"`): the bare name is the text, which no index has.
 */
export function selectList(
  alias: string,
  columns: readonly string[],
  { instants = [], amounts = [] }: ColumnTypes = {},
): string {
  const one = (column: string) => {
    const [name = column, as = name] = column.split(" as ");
    const value = `${alias}."${name}"`;
    if (instants.includes(name))
      return `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "${as}"`;
    return `${value}${amounts.includes(name) ? "::text" : ""} as "${as}"`;
  };
  return columns.map(one).join(", ");
}
