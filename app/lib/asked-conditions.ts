/** SQL with a `?` for each of its values. */
export type Condition = readonly [sql: string, ...values: unknown[]];

/**
 * SQL: the conditions of a list that were asked for, to stand behind `where … = $1`; one with an undefined value was not.
 * Those are left out rather than made true by their value, so that the planner chooses an index for what counts.
 * @param values those the statement has already ($1, $2 …)
 * @returns `and`, " and … and …" or empty, and all values
 */
export function askedConditions(
  values: readonly unknown[],
  conditions: readonly Condition[],
): { and: string; values: unknown[] } {
  const all = [...values];
  const asked = conditions.filter(([, ...own]) => !own.includes(undefined));
  const texts = asked.map(([sql, ...own]) => {
    let next = all.length;
    all.push(...own);
    return ` and ${sql.replaceAll("?", () => `$${String(++next)}`)}`;
  });
  return { and: texts.join(""), values: all };
}
