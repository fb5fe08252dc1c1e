import type { NavItem, SaveBar, TitleBar, Toast } from "./admin-messages.ts";
import { askPerson, byId, drawSaveBar, drawTitleBar, showToast } from "./draw-chrome.browser.ts";
import { findCurrentPage } from "./find-current-page.ts";

/**
 * The Admin's side of App Bridge: answers the app's messages (session token, toast, loading, title bar, save bar, navigation) and draws
 * what they ask for. Only the app's own iframe and origin are listened to.
 */
type Message = { appBridge: true; id: number; method: string; params: unknown };

/** What an address says of where the app is embedded: the Admin's own address says that otherwise. */
const SHOPIFYS = ["shop", "host", "embedded", "locale", "id_token", "hmac", "session", "timestamp"];

const { home = "", tokenPath = "", appOrigin = "" } = document.body.dataset;
const frame = byId("app") as HTMLIFrameElement;
let current = location.pathname.slice(home.length) || "/";
let nav: NavItem[] = [];
let saveBar: SaveBar | null = null;
/** Where the app went while its save bar was shown. */
let held: string | null = null;

const tellApp = (message: Record<string, unknown>): void => {
  frame.contentWindow?.postMessage({ appBridge: true, ...message }, appOrigin);
};

const inAdmin = (path: string): string => {
  const url = new URL(path, appOrigin);
  for (const name of SHOPIFYS) url.searchParams.delete(name);
  return home + (url.pathname === "/" ? "" : url.pathname) + url.search;
};

/** With something unsaved a person is asked first, by the Admin's menu as by `shopify.saveBar.leaveConfirmation()`. */
async function mayLeave(): Promise<boolean> {
  if (saveBar === null) return true;
  const leaves = await askPerson({
    title: "Leave page with unsaved changes?",
    text: "Leaving this page will delete all unsaved changes.",
    ...{ no: "Stay", yes: "Leave page", isCritical: true },
  });
  if (leaves) {
    takeSaveBar(null);
    tellApp({ event: "leave" });
  }
  return leaves;
}

function onMenu(link: HTMLAnchorElement, href: string): void {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    openMenu(false);
    void mayLeave().then((leaves) => {
      if (leaves) tellApp({ event: "navigate", href });
    });
  });
}

function drawNav(): void {
  const homeHref = nav.find(({ isHome }) => isHome)?.href;
  const items = nav.filter(({ isHome }) => !isHome);
  const marked = findCurrentPage(
    current,
    items.map(({ href }) => href),
  );
  const make = (label: string, href: string, className: string): HTMLAnchorElement => {
    const link = document.createElement("a");
    link.className = className;
    link.href = inAdmin(href);
    link.textContent = label;
    onMenu(link, href);
    return link;
  };
  const app = byId("app-link");
  if (homeHref !== undefined && app.dataset.href !== homeHref) {
    const link = make(app.textContent, homeHref, app.className);
    link.id = "app-link";
    link.dataset.href = homeHref;
    app.replaceWith(link);
  }
  const isHome =
    marked === undefined && new URL(homeHref ?? "/", appOrigin).pathname === current.split("?")[0];
  if (isHome) byId("app-link").setAttribute("aria-current", "page");
  else byId("app-link").removeAttribute("aria-current");
  byId("app-nav").replaceChildren(
    ...items.map(({ label, href }) => {
      const link = make(label, href, "nav-item");
      if (href === marked) link.setAttribute("aria-current", "page");
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
  // Only the menu itself may move.
  const shown = document.querySelector<HTMLElement>("#app-nav [aria-current]");
  const menu = byId("nav");
  if (
    shown &&
    (shown.offsetTop < menu.scrollTop || shown.offsetTop > menu.scrollTop + menu.clientHeight - 40)
  )
    menu.scrollTop = shown.offsetTop - menu.clientHeight / 2;
}

/** While a save bar shows, the Admin does not follow the app's address (the docs' Navigation API, "Address bar sync"). */
function follow(path: string): void {
  if (saveBar !== null) {
    held = path;
    return;
  }
  held = null;
  current = path;
  history.replaceState(null, "", inAdmin(path));
  drawNav();
}

function takeSaveBar(bar: SaveBar | null): void {
  saveBar = bar;
  drawSaveBar(bar, (name) => {
    if (name === "save" || bar?.asksToDiscard !== true) {
      tellApp({ event: name });
      return;
    }
    void askPerson({
      title: "Discard all unsaved changes?",
      text: "If you discard changes, you’ll delete any edits you made since you last saved.",
      ...{ no: "Continue editing", yes: "Discard changes", isCritical: true },
    }).then((discards) => {
      if (discards) tellApp({ event: "discard" });
    });
  });
  if (bar === null && held !== null) follow(held);
}

function openInAdmin({ path, newTab }: { path: string; newTab: boolean }): void {
  const url = home.replace(/\/apps\/.*$/, "") + path;
  if (newTab) window.open(url, "_blank");
  else
    void mayLeave().then((leaves) => {
      if (leaves) location.assign(url);
    });
}

type ScopesDetail = { granted: string[]; required: string[]; optional: string[] };

async function scopesOf(grant?: string[]): Promise<ScopesDetail> {
  const response = await fetch(home.replace(/\/apps\/.*$/, "/scopes"), {
    ...(grant === undefined ? {} : { method: "POST", body: JSON.stringify(grant) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as ScopesDetail;
}

/** A person is asked for what is not granted yet; only what the app declares as optional can be asked for. */
async function requestScopes(asked: string[]): Promise<{ result: string; detail: ScopesDetail }> {
  const detail = await scopesOf();
  const unknown = asked.filter((scope) => ![...detail.optional, ...detail.required].includes(scope));
  if (asked.length === 0 || unknown.length > 0)
    throw new Error(`scopes that are not declared as optional: ${unknown.join(", ") || "none was named"}`);
  const missing = asked.filter((scope) => !detail.granted.includes(scope));
  const agrees =
    missing.length === 0 ||
    (await askPerson({
      title: "This app asks for more permissions",
      text: `It would be allowed to: ${missing.map((scope) => scope.replaceAll("_", " ")).join(", ")}.`,
      ...{ no: "Decline", yes: "Allow", isCritical: false },
    }));
  if (!agrees) return { result: "declined-all", detail };
  return { result: "granted-all", detail: missing.length === 0 ? detail : await scopesOf(missing) };
}

async function answer(method: string, params: unknown): Promise<unknown> {
  switch (method) {
    case "idToken": {
      const response = await fetch(tokenPath, { method: "POST" });
      if (!response.ok) throw new Error(`no session token: ${String(response.status)}`);
      return response.text();
    }
    case "toast.show":
      showToast(params as Toast);
      return null;
    case "toast.hide":
      document.querySelector(`[data-toast="${CSS.escape(String(params))}"]`)?.remove();
      return null;
    case "loading":
      byId("loading").hidden = params !== true;
      return null;
    case "nav":
      nav = params as NavItem[];
      drawNav();
      return null;
    case "title-bar":
      drawTitleBar(params as TitleBar, (index) => {
        tellApp({ event: "title-bar-action", index });
      });
      return null;
    case "save-bar":
      takeSaveBar(params as SaveBar | null);
      return null;
    case "leave-confirmation":
      // Resolved when no save bar shows or a person confirms; what becomes of it when they stay is not documented: it waits.
      if (await mayLeave()) return null;
      return new Promise(() => undefined);
    case "navigated":
      follow(String(params));
      return null;
    case "open-admin":
      openInAdmin(params as Parameters<typeof openInAdmin>[0]);
      return null;
    case "scopes.query":
      return scopesOf();
    case "scopes.request":
      return requestScopes(params as string[]);
    case "resourcePicker":
      // As when a person closes the picker without choosing.
      return null;
    default:
      throw new Error(`the simulated Admin does not know "${method}"`);
  }
}

addEventListener("message", (event: MessageEvent<Partial<Message> | null>) => {
  if (event.origin !== appOrigin || event.source !== frame.contentWindow) return;
  const { appBridge, id, method, params } = event.data ?? {};
  if (appBridge !== true || method === undefined) return;
  answer(method, params).then(
    (result) => {
      tellApp({ id, result });
    },
    (error: unknown) => {
      tellApp({ id, error: String(error) });
    },
  );
});

const menuButton = document.querySelector<HTMLButtonElement>(".menu-button");

function openMenu(isOpen: boolean): void {
  byId("nav").toggleAttribute("data-open", isOpen);
  menuButton?.setAttribute("aria-expanded", String(isOpen));
}
menuButton?.addEventListener("click", () => {
  openMenu(!byId("nav").hasAttribute("data-open"));
});
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !byId("nav").hasAttribute("data-open")) return;
  openMenu(false);
  menuButton?.focus();
});

// Only now, when what it says is listened to.
frame.src = frame.dataset.src ?? "";
