/** Who asks for jobs: somebody on the app's pages, the schedule, another system by an API key, the command line. */
export const jobAskers = ["page", "schedule", "api", "command-line"] as const;
export type JobAsker = (typeof jobAskers)[number];

/** Who asked for a job, by what its row says: a person at the pages is also told by Shopify's id. */
export function jobAsker(requestedBy: string): JobAsker {
  if (requestedBy === "schedule") return "schedule";
  if (requestedBy.startsWith("key ")) return "api";
  return requestedBy === "page" || /^\d+$/.test(requestedBy) ? "page" : "command-line";
}

/** SQL: the same of the column "requestedBy". */
export const jobAskerSql = `case when "requestedBy" = 'schedule' then 'schedule' when "requestedBy" like 'key %' then 'api'
  when "requestedBy" = 'page' or "requestedBy" ~ '^[0-9]+$' then 'page' else 'command-line' end`;
