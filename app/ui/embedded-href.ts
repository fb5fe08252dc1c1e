import { useLocation } from "@remix-run/react";

/** What Shopify adds to an address to say where the app is embedded. */
export const KEPT_PARAMS = ["shop", "host", "embedded", "locale"];

/**
 * A path of the app with what Shopify said about where it is embedded. A reload inside the iframe sends
 * the page's address to the server anew, and without shop and host it would end at the sign-in page.
 */
export function embeddedHref(path: string, search: string): string {
  const given = new URLSearchParams(search);
  const kept = new URLSearchParams(
    KEPT_PARAMS.flatMap((name) => given.getAll(name).map((value) => [name, value])),
  );
  if (kept.size === 0) return path;
  const [address = "", place] = path.split("#");
  const href = `${address}${address.includes("?") ? "&" : "?"}${kept.toString()}`;
  return place === undefined ? href : `${href}#${place}`;
}

/** `embeddedHref` for the page that is shown now. */
export function useEmbeddedHref(): (path: string) => string {
  const { search } = useLocation();
  return (path) => embeddedHref(path, search);
}
