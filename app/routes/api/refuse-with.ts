import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** To be thrown where a handler refuses with an answer of its own: its status, headers and words go out as they are. */
export function refuseWith(res: Response): HTTPException {
  return new HTTPException(res.status as ContentfulStatusCode, { res });
}
