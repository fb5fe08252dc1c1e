import type { IncomingMessage, ServerResponse } from "node:http";
import type { ScopeGrants } from "#simulator/oauth/scope-grants.ts";

/** What the imitated Admin may know of, and ask of, the running simulator. */
export type AdminSim = {
  /** The shop, like `sim-s42-n2000.myshopify.com`. */
  readonly domain: string;
  /** The shop's display name. */
  readonly shopName: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Where the app answers (no trailing slash), null until it was told by option or `POST /control/webhooks`. */
  appUrl(): string | null;
  /** What the merchant granted, and agrees to when the app asks for more. */
  readonly scopes: Pick<ScopeGrants, "detail" | "grant">;
  /**
   * A session token as App Bridge would hand out: HS256 with the API secret, one minute of life,
   * claims iss, dest, aud, sub, exp, nbf, iat, jti, sid.
   */
  issueSessionToken(): string;
};

/**
 * A part of the simulator's HTTP server.
 * @returns true when it has answered (or will answer) the request, false to pass it on.
 */
export type SimRoute = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<boolean>;

/** What `simulator/admin/admin-routes.ts` exports: `adminRoutes(sim)`. */
export type AdminRoutes = (sim: AdminSim) => SimRoute;
