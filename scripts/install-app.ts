import type { Stack } from "./start-stack.ts";

/** The app answers programs that call themselves nothing, or a bot, with 410. */
const USER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/**
 * Installs the app as Shopify does: opens it once inside the store's Admin, with a session token that the
 * app exchanges for an access token.
 * @throws Error when the app does not open
 */
export async function installApp(stack: Pick<Stack, "simulatorUrl" | "appUrl" | "domain">): Promise<void> {
  const handle = stack.domain.replace(/\.myshopify\.com$/, "");
  const token = await fetch(`${stack.simulatorUrl}/store/${handle}/session-token`, { method: "POST" });
  const query = new URLSearchParams({
    embedded: "1",
    shop: stack.domain,
    host: Buffer.from(`admin.shopify.com/store/${handle}`).toString("base64").replace(/=+$/, ""),
    id_token: await token.text(),
  });
  const page = await fetch(`${stack.appUrl}/app?${query.toString()}`, {
    headers: { "User-Agent": USER_AGENT },
  });
  const text = await page.text();
  if (!page.ok)
    throw new Error(
      `The app does not open in the store's Admin: ${String(page.status)} ${text.slice(0, 300)}`,
    );
}
