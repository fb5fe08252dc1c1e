import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A webhook as it came: signed over its bytes, so that it can be handed on later, twice, or in another order. */
type Letter = { path: string; headers: Record<string, string>; body: Buffer };

/** How some of what is held goes on. `reversed`: the newest of them first; `doubled`: each twice, under its one id. */
export type Round = { count: number; reversed: boolean; doubled: boolean };

export type PostOffice = {
  /** Where Shopify delivers to. */
  url: string;
  /** How many wait. */
  held(): number;
  /** Hands the oldest on to the app. @throws Error when the app does not take one */
  deliver(round: Round): Promise<void>;
  /** The oldest never arrive. */
  lose(count: number): void;
  close(): Promise<void>;
};

/** Takes Shopify's webhooks at once and keeps them until the test lets them go: late, doubled or reordered as drawn, never by chance. */
export async function startPostOffice(appUrl: string): Promise<PostOffice> {
  const letters: Letter[] = [];
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on("data", (part: Buffer) => parts.push(part));
    req.on("end", () => {
      const kept = Object.entries(req.headers).filter(([name]) => /^(?:x-shopify-|content-type)/.test(name));
      const headers = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
      letters.push({ path: req.url ?? "", headers, body: Buffer.concat(parts) });
      res.writeHead(200).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const hand = async ({ path, headers, body }: Letter) => {
    const answer = await fetch(appUrl + path, { method: "POST", headers, body: new Uint8Array(body) });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`The app answered ${String(answer.status)} at ${path}`);
  };
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    held: () => letters.length,
    async deliver({ count, reversed, doubled }) {
      const some = letters.splice(0, count);
      for (const letter of reversed ? some.reverse() : some) {
        await hand(letter);
        if (doubled) await hand(letter);
      }
    },
    lose(count) {
      letters.splice(0, count);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
