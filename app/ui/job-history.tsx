import { Text } from "@shopify/polaris";

import { jobAskers } from "#app/jobs/job-asker.ts";
import { jobTypes } from "#app/jobs/job-catalogue.ts";
import { jobStatuses } from "#app/jobs/sync-job.ts";
import type { ListPage } from "#app/lib/list-page.ts";

import { useEmbeddedHref } from "./embedded-href.ts";
import type { Format } from "./format.ts";
import { JobBadge } from "./job-card.tsx";
import { jobOptionsWords } from "./job-options-words.ts";
import type { WatchedJobView } from "./job-pages-view.ts";
import { askerWords, jobDuration, jobTitle } from "./job-words.ts";
import type { ListFilter, ListView } from "./list-filters.tsx";
import { ResourceList, type ListColumn } from "./resource-list.tsx";
import { useFormat } from "./shop-format.tsx";
import { statusLook } from "./status-words.ts";

const filters: ListFilter[] = [
  {
    ...{ kind: "choices", name: "kind", label: "Kind" },
    options: jobTypes.map((value) => ({ value, label: jobTitle(value) })),
  },
  {
    ...{ kind: "choices", name: "status", label: "Status" },
    options: jobStatuses.map((value) => ({ value, label: statusLook("job", value).words })),
  },
  {
    ...{ kind: "choices", name: "requestedBy", label: "Asked for by" },
    options: jobAskers.map((value) => ({ value, label: askerWords(value) })),
  },
  { kind: "days", name: "created", label: "Asked for" },
];

const sorts = [
  { label: "Asked for", value: "created desc", directionLabel: "Newest first" },
  { label: "Asked for", value: "created asc", directionLabel: "Oldest first" },
  { label: "Processed", value: "processed desc", directionLabel: "Most first" },
  { label: "Failed", value: "errors desc", directionLabel: "Most first" },
] as const;

const views: ListView[] = [
  { label: "All", params: {} },
  { label: "Failed", params: { status: ["failed"] } },
  { label: "Full dumps", params: { kind: ["orders"] } },
  { label: "Look-backs", params: { kind: ["look-back"] } },
];

/** Every job there was: what, when, by whom, how long, and what came of it. */
export function JobHistory({
  page,
  ignored,
  now,
}: {
  page: ListPage<WatchedJobView>;
  ignored: readonly string[];
  now: string;
}) {
  const format = useFormat();
  const href = useEmbeddedHref();
  const columns: ListColumn<WatchedJobView>[] = [
    { title: "Status", cell: (job) => <JobBadge job={job} /> },
    { title: "What", cell: (job) => <Short>{jobOptionsWords(job, format)}</Short> },
    { title: "Asked for", cell: ({ createdAt }) => format.dateTime(createdAt) },
    { title: "By", cell: ({ asker }) => askerWords(asker) },
    { title: "Took", numeric: true, cell: (job) => jobDuration(job, now, format) ?? "—" },
    ...(["processed", "created", "updated", "skipped", "errors"] as const).map((counter) => ({
      title: COUNTERS[counter],
      numeric: true,
      cell: (job: WatchedJobView) => format.number(job[counter]),
    })),
  ];
  return (
    <ResourceList
      resource={{ singular: "job", plural: "jobs" }}
      page={page}
      ignored={ignored}
      idOf={({ id }) => id}
      primary={{
        title: "Job",
        words: ({ jobType }) => jobTitle(jobType),
        path: ({ id }) => `/app/jobs/${id}`,
      }}
      columns={columns}
      compact={(job) => <Compact job={job} now={now} format={format} />}
      filters={filters}
      views={views}
      sorts={[...sorts]}
      empty={{
        heading: "No job has run yet",
        text: "A job brings products, customers, orders or stock from Shopify into the ERP. Start with the products, so that orders find their SKUs.",
        action: { label: "Start with the products", url: href("/app/settings/shopify") },
      }}
    />
  );
}

const COUNTERS = {
  processed: "Processed",
  created: "Created",
  updated: "Updated",
  skipped: "Unchanged",
  errors: "Failed",
} as const;

function Short({ children }: { children: string }) {
  return (
    <div style={{ maxWidth: "16rem", whiteSpace: "normal" }}>
      <Text as="span">{children}</Text>
    </div>
  );
}

function Compact({ job, now, format }: { job: WatchedJobView; now: string; format: Format }) {
  const took = jobDuration(job, now, format);
  return (
    <>
      <div>
        <JobBadge job={job} />
      </div>
      <Text as="span" tone="subdued" breakWord>
        {jobOptionsWords(job, format)}
      </Text>
      <Text as="span" tone="subdued">
        {[format.dateTime(job.createdAt), askerWords(job.asker), ...(took === null ? [] : [took])].join(
          " · ",
        )}
      </Text>
      <Text as="span" tone="subdued">
        {`${format.number(job.processed)} processed · ${format.number(job.errors)} failed`}
      </Text>
    </>
  );
}
