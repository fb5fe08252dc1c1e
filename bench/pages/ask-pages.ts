import { issueSessionToken } from "#simulator/oauth/session-token.ts";
import { percentile } from "../statistics.ts";
import type { LargeShop } from "./make-large-shop.ts";

export type Asked = { status: number; ms: number; firstByteMs: number; bytes: number; text: string };
export type Times = { p50: number; p95: number };

/** The app answers programs that call themselves nothing, or a bot, otherwise than people. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Asks the web process as the Admin and the app's own page do, each time with a session token of that moment. */
export function askPages({ webUrl, domain, apiKey, apiSecret }: Omit<LargeShop, "stop">) {
  const token = () => issueSessionToken({ domain, apiKey, apiSecret }, new Date());
  const host = Buffer.from(`admin.shopify.com/store/${domain.split(".")[0] ?? ""}`).toString("base64url");
  const ask = async (path: string, query: Record<string, string>, headers: Record<string, string>) => {
    const url = new URL(path, webUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const began = performance.now();
    const answer = await fetch(url, {
      headers: { "User-Agent": USER_AGENT, ...headers },
      redirect: "manual",
    });
    const firstByteMs = performance.now() - began;
    const text = await answer.text();
    return {
      status: answer.status,
      ms: performance.now() - began,
      firstByteMs,
      bytes: Buffer.byteLength(text),
      text,
    };
  };
  const embedded = { shop: domain, host, embedded: "1", locale: "en" };
  const signed = () => ({ Authorization: `Bearer ${token()}` });
  return {
    /** The page itself, as the Admin's iframe loads it. */
    document: (path: string): Promise<Asked> => ask(path, { ...embedded, id_token: token() }, {}),
    /** What the page asks for when it is reached from another page of the app. */
    data: (path: string): Promise<Asked> => {
      const [at = "", query] = path.split("?");
      return ask(`${at}.data${query === undefined ? "" : `?${query}`}`, embedded, signed());
    },
    /** What a page fetches while it is open. */
    fetch: (path: string): Promise<Asked> => ask(path, {}, signed()),
  };
}

/** The median and the 95th percentile of `times` calls, after two that warm up. @throws when an answer is not `status` */
export async function measure(
  ask: () => Promise<Asked>,
  { times, status = 200 }: { times: number; status?: number },
): Promise<Times> {
  const taken: number[] = [];
  for (let n = -2; n < times; n++) {
    const asked = await ask();
    if (asked.status !== status)
      throw new Error(`answered ${String(asked.status)}: ${asked.text.slice(0, 200)}`);
    if (n >= 0) taken.push(asked.ms);
  }
  return { p50: percentile(taken, 0.5), p95: percentile(taken, 0.95) };
}
