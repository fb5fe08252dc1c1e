import { register } from "prom-client";

/** How many requests to the webhook addresses this process has refused with 401, as its metrics count them; null: they do not. */
export async function countRefusedWebhooks(): Promise<number | null> {
  const metric = await register.getSingleMetric("http_request_duration_seconds")?.get();
  if (metric === undefined) return null;
  return metric.values
    .filter(
      ({ labels, ...value }) =>
        "metricName" in value &&
        value.metricName === "http_request_duration_seconds_count" &&
        labels.area === "webhooks" &&
        String(labels.status) === "401",
    )
    .reduce((sum, { value }) => sum + value, 0);
}
