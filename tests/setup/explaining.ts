import type { Pool } from "pg";
import type { Db } from "#app/lib/db.server.ts";

type Plan = {
  "Node Type": string;
  "Plan Rows": number;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: Plan[];
};

/** A database that is asked as any, and the steps of its plans: how it would answer what was asked. */
export function explaining(pool: Pool) {
  const steps: Plan[] = [];
  const collect = (plan: Plan): void => {
    steps.push(plan);
    plan.Plans?.forEach(collect);
  };
  const db: Db = {
    async query(query, values) {
      const text = typeof query === "string" ? query : query.text;
      const { rows } = await pool.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
        `explain (format json) ${text}`,
        typeof query === "string" ? values : query.values,
      );
      for (const row of rows) collect(row["QUERY PLAN"][0].Plan);
      return pool.query(query, values);
    },
  };
  /** The steps that read a table. */
  const leaves = () => steps.filter(({ Plans: below = [] }) => below.length === 0);
  return { db, steps, leaves };
}
