/**
 * A stand-in for Shopify's App Bridge script, which exists on Shopify's CDN only. Defines
 * `window.shopify`, adds a session token to the app's own requests, and mirrors `ui-nav-menu` and
 * `ui-title-bar` into the Admin page around the iframe. Everything else an app may call is answered
 * as the real one answers when nobody is there to choose.
 */
(() => {
  type Answer = { appBridge: true; id?: number; result?: unknown; error?: string; event?: string };
  type ToastOptions = { duration?: number; isError?: boolean };

  const script = document.currentScript as HTMLScriptElement;
  const adminOrigin = new URL(script.src).origin;
  const query = new URLSearchParams(location.search);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;

  const ask = (method: string, params?: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      window.parent.postMessage({ appBridge: true, id: lastId, method, params }, adminOrigin);
    });
  /** Calls whose answer nobody waits for. */
  const tell = (method: string, params?: unknown): void => {
    ask(method, params).catch((error: unknown) => {
      console.error(error);
    });
  };

  const idToken = async (): Promise<string> => String(await ask("idToken"));

  // A document request without a session token is answered with a page that only loads this script and
  // names the address to load again, this time with a token.
  const reload = query.get("shopify-reload");
  if (reload !== null) {
    const target = new URL(reload, location.origin);
    if (target.origin === location.origin) {
      idToken().then(
        (token) => {
          target.searchParams.set("id_token", token);
          location.replace(target);
        },
        (error: unknown) => {
          console.error(error);
        },
      );
    }
  }

  const plainFetch = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== location.origin) return plainFetch(request);
    const send = async (): Promise<Response> => {
      const signed = new Request(request.clone());
      if (!signed.headers.has("Authorization")) {
        signed.headers.set("Authorization", `Bearer ${await idToken()}`);
      }
      signed.headers.set("X-Requested-With", "XMLHttpRequest");
      return plainFetch(signed);
    };
    const response = await send();
    const again = response.status === 401 && response.headers.has("X-Shopify-Retry-Invalid-Session-Request");
    return again ? send() : response;
  };

  let toasts = 0;
  const shopify = {
    config: {
      apiKey: script.dataset.apiKey,
      host: query.get("host") ?? "",
      shop: query.get("shop") ?? "",
      locale: query.get("locale") ?? "en",
    },
    origin: adminOrigin,
    ready: Promise.resolve(),
    environment: { embedded: window.parent !== window, mobile: false, pos: false },
    idToken,
    toast: {
      show: (message: string, { duration = 5000, isError = false }: ToastOptions = {}): string => {
        toasts += 1;
        tell("toast.show", { id: String(toasts), message, duration, isError });
        return String(toasts);
      },
      hide: (id: string): void => {
        tell("toast.hide", id);
      },
    },
    loading: (on = true): void => {
      tell("loading", on);
    },
    modal: {
      show: (id: string): Promise<void> => setDialog(id, true),
      hide: (id: string): Promise<void> => setDialog(id, false),
      toggle: (id: string): Promise<void> =>
        setDialog(id, document.getElementById(id)?.hasAttribute("open") !== true),
    },
    saveBar: {
      show: (id: string): Promise<void> => setDialog(id, true),
      hide: (id: string): Promise<void> => setDialog(id, false),
      toggle: (id: string): Promise<void> =>
        setDialog(id, document.getElementById(id)?.hasAttribute("open") !== true),
      leaveConfirmation: (): Promise<void> => Promise.resolve(),
    },
    resourcePicker: async (): Promise<unknown> => (await ask("resourcePicker")) ?? undefined,
  };
  Object.assign(window, { shopify });

  /** Modal and save bar: shown inside the app's own page by their `open` attribute. */
  async function setDialog(id: string, open: boolean): Promise<void> {
    const element = document.getElementById(id);
    if (!element) throw new Error(`there is no element with the id "${id}"`);
    element.toggleAttribute("open", open);
    element.dispatchEvent(new Event(open ? "show" : "hide"));
    return Promise.resolve();
  }

  const style = document.createElement("style");
  style.textContent =
    "ui-nav-menu, ui-title-bar, s-app-nav, ui-save-bar:not([open]), ui-modal:not([open]) { display: none; }";
  document.head.append(style);

  const titleActions = (): HTMLElement[] => [
    ...document.querySelectorAll<HTMLElement>("ui-title-bar > button, ui-title-bar > a"),
  ];
  let shown = "";
  const mirror = (): void => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>("ui-nav-menu a[href], s-app-nav [href]")];
    const nav = links
      .filter((link) => link.getAttribute("rel") !== "home")
      .map((link) => ({ label: link.textContent.trim(), href: link.getAttribute("href") ?? "/" }));
    const titleBar = document.querySelector("ui-title-bar");
    const title = titleBar?.getAttribute("title") ?? "";
    const actions = titleActions().map((action, index) => ({
      label: action.textContent.trim(),
      primary: action.getAttribute("variant") === "primary",
      index,
    }));
    const now = JSON.stringify([nav, title, actions]);
    if (now === shown) return;
    shown = now;
    tell("nav", nav);
    tell("title-bar", { title, actions });
  };
  new MutationObserver(mirror).observe(document, { subtree: true, childList: true, attributes: true });

  let path = "";
  const followLocation = (): void => {
    if (location.pathname === path || reload !== null) return;
    path = location.pathname;
    tell("navigated", path);
  };
  for (const method of ["pushState", "replaceState"] as const) {
    const plain = history[method].bind(history);
    history[method] = (...args) => {
      plain(...args);
      followLocation();
    };
  }
  addEventListener("popstate", followLocation);
  followLocation();

  addEventListener("message", (event: MessageEvent<(Answer & { href?: string; index?: number }) | null>) => {
    if (event.origin !== adminOrigin || event.data?.appBridge !== true) return;
    const { id, result, error, event: name, href, index } = event.data;
    if (name === "navigate") {
      const link = [...document.querySelectorAll("ui-nav-menu a, s-app-nav *")].find(
        (candidate) => candidate.getAttribute("href") === href,
      );
      link?.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true }));
    } else if (name === "title-bar-action" && index !== undefined) {
      titleActions()[index]?.click();
    } else if (id !== undefined) {
      const caller = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) caller?.resolve(result);
      else caller?.reject(new Error(error));
    }
  });

  // The save bar as an element of its own, as `SaveBar` of @shopify/app-bridge-react calls it.
  if (!customElements.get("ui-save-bar"))
    customElements.define(
      "ui-save-bar",
      class extends HTMLElement {
        show(): void {
          this.setAttribute("open", "");
        }
        hide(): void {
          this.removeAttribute("open");
        }
      },
    );
})();
