import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import vm from "node:vm";

import { Window } from "happy-dom";

import { buildShopifyApp } from "./build-shopify-app.ts";

/** The bundle of the block on the order page, as Shopify would get it. */
export async function bundleOrderBlock(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "order-block-"));
  try {
    return (await buildShopifyApp(folder, "app")).bundle;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where Shopify runs what extends its Admin. */
export const EXTENSIONS_ORIGIN = "https://extensions.shopifycdn.com";

/**
 * Runs the bundle as Shopify does: with a document of its own, the id of the order, and a `fetch` that finds the app and adds the
 * session token by itself (none where `token` is null).
 * @param speed how much faster its own timers run
 */
export function openOrderBlock({
  bundle,
  appUrl,
  token,
  gid,
  speed = 20,
}: {
  bundle: string;
  appUrl: string;
  token: string | null;
  gid: string;
  speed?: number;
}) {
  const window = new Window();
  const { document } = window;
  const targets: string[] = [];
  const shopify = {
    data: { selected: gid === "" ? [] : [{ id: gid }] },
    extend(target: string, show: () => void) {
      targets.push(target);
      show();
    },
  };
  const askApp = (asked: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set("Origin", EXTENSIONS_ORIGIN);
    headers.set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36");
    if (token !== null) headers.set("Authorization", `Bearer ${token}`);
    return fetch(new URL(asked, appUrl), { ...init, headers });
  };
  const sooner = (then: () => void, ms = 0) => setTimeout(then, ms / speed);
  const world = { document, shopify, fetch: askApp, setTimeout: sooner, clearTimeout, queueMicrotask };
  vm.runInContext(bundle, vm.createContext(world));
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  return {
    targets,
    /** Every word on it, headings of banners too, and what shows while it is folded. */
    text: () =>
      [
        ...all("[heading]").map((one) => one.getAttribute("heading")),
        ...all("[collapsedSummary]").map((one) => `(${one.getAttribute("collapsedSummary") ?? ""})`),
        ...all("s-badge, s-text, s-paragraph, s-heading, s-button, s-link").map((one) => one.textContent),
      ].join("\n"),
    links: () => all("s-link").map((one) => one.getAttribute("href")),
    buttons: () => all("s-button").map((one) => one.textContent),
    press(words: string) {
      const button = all("s-button").find((one) => one.textContent === words);
      if (!button) throw new Error(`there is no button ${words}`);
      button.dispatchEvent(new window.Event("click"));
    },
    isBusy: () => all("s-button").some((one) => one.getAttribute("disabled") === "true"),
    close: () => window.happyDOM.close(),
  };
}

export type OrderBlock = ReturnType<typeof openOrderBlock>;
