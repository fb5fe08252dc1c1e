import { readFileSync } from "node:fs";
import { parse } from "smol-toml";

type Subscription = { uri?: unknown; topics?: unknown; compliance_topics?: unknown };

/**
 * The topics an app declares in its shopify.app.toml, each with the path it is delivered to, as `shopify app deploy`
 * tells Shopify.
 * @throws Error for a subscription without a relative uri, and for a topic declared twice: it would come twice
 */
export function readAppSubscriptions(file: string | URL): Record<string, string> {
  const { webhooks } = parse(readFileSync(file, "utf8")) as {
    webhooks?: { subscriptions?: Subscription[] };
  };
  const paths: Record<string, string> = {};
  for (const { uri, topics, compliance_topics } of webhooks?.subscriptions ?? []) {
    if (typeof uri !== "string" || !uri.startsWith("/"))
      throw new Error(`A subscription's uri must be a path of the app's, not ${JSON.stringify(uri)}.`);
    for (const topic of [topics, compliance_topics].flat()) {
      if (typeof topic !== "string") continue;
      if (topic in paths) throw new Error(`${topic} is subscribed to twice.`);
      paths[topic] = uri;
    }
  }
  return paths;
}
