import { getContext, type AppContext } from "#app/context.server.ts";
import { AppError, errorCatalogue } from "#app/lib/errors.ts";
import { isDatabaseDown } from "#app/lib/is-database-down.ts";

import { authenticatePage, type PageVisit } from "./authenticate-page.server.ts";
import { pageRefusal } from "./page-refusal.ts";

/** What a page's loader is given: who asks, and what answers. */
export type PageRequest = PageVisit & {
  context: AppContext;
  pool: AppContext["database"]["pool"];
  now: Date;
  url: URL;
};

/**
 * A page's loader: knows who asks, then loads. What a merchant can act on (an `AppError`, a database that does not answer)
 * is shown by the page around it in words, with the next step.
 * @throws Response of the Shopify library for whoever it does not know; `{ code, message, next }` with its status
 */
export async function loadPage<Data>(
  request: Request,
  load: (page: PageRequest) => Promise<Data>,
): Promise<Data> {
  const context = getContext();
  try {
    const visit = await authenticatePage(request);
    return await load({
      ...visit,
      context,
      pool: context.database.pool,
      now: context.now(),
      url: new URL(request.url),
    });
  } catch (error) {
    const isDown = !(error instanceof AppError) && isDatabaseDown(error);
    const refused = isDown ? new AppError("DATABASE_DOWN", errorCatalogue.DATABASE_DOWN.words) : error;
    if (!(refused instanceof AppError)) throw error;
    const { told, status } = pageRefusal(refused);
    throw Response.json(told, { status });
  }
}
