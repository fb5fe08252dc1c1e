import { handlePrivacyTopic } from "#app/privacy/handle-privacy-topic.server.ts";
import { recordScopes } from "#app/settings/record-scopes.server.ts";
import { endShopForRedaction } from "./end-shop-for-redaction.server.ts";
import type { AppNewsHandlers } from "./handle-news.server.ts";
import type { JobContext } from "./job-context.server.ts";
import { sweepWorkFolders } from "./sweep-work-folders.server.ts";
import { uninstallShop } from "./uninstall-shop.server.ts";

/** What follows from news about the app itself or about a person. */
export function appNewsHandlers(context: JobContext): AppNewsHandlers {
  const { pool } = context.database;
  return {
    async uninstall(news) {
      await uninstallShop(pool, news);
    },
    async scopes(news) {
      await recordScopes(pool, news);
    },
    async privacy(news) {
      await handlePrivacyTopic(pool, news, (request) => endShopForRedaction(context, request));
      // Downloads hold persons too.
      await sweepWorkFolders(context);
    },
  };
}
