/**
 * A stand-in for Shopify's App Bridge script, which exists on Shopify's CDN only. Defines `window.shopify`, adds a session token to
 * the app's own requests, and tells the Admin page around the iframe what of `ui-nav-menu`, `ui-title-bar` and `ui-save-bar` it is to
 * draw, and where the app is. Everything else an app may call is answered as the real one answers when nobody is there to choose.
 */
(() => {
  type Answer = { appBridge: true; id?: number; result?: unknown; error?: string; event?: string };
  type ToastOptions = { duration?: number; isError?: boolean };
  type Shown = HTMLElement & { show(): Promise<void>; hide(): Promise<void>; toggle(): Promise<void> };

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

  const shown = (id: string): Shown => {
    const element = document.getElementById(id);
    if (!element || !("show" in element)) throw new Error(`there is no element with the id "${id}"`);
    return element as Shown;
  };
  /** By an element's id, as `shopify.modal` and `shopify.saveBar` are asked. */
  const byId = {
    show: async (id: string): Promise<void> => shown(id).show(),
    hide: async (id: string): Promise<void> => shown(id).hide(),
    toggle: async (id: string): Promise<void> => shown(id).toggle(),
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
    modal: byId,
    saveBar: {
      ...byId,
      leaveConfirmation: async (): Promise<void> => {
        mirror();
        await ask("leave-confirmation");
      },
    },
    scopes: {
      query: async (): Promise<unknown> => ask("scopes.query"),
      request: async (scopes: string[]): Promise<unknown> => ask("scopes.request", scopes),
    },
    resourcePicker: async (): Promise<unknown> => (await ask("resourcePicker")) ?? undefined,
  };
  Object.assign(window, { shopify });

  // Buttons and links of the title bar, those in its groups too; not those of a modal's title bar, which the modal itself shows.
  const titleBar = (): Element | null => document.querySelector("ui-title-bar:not(ui-modal *)");
  const titleActions = (): HTMLElement[] => [
    ...(titleBar()?.querySelectorAll<HTMLElement>("button, a") ?? []),
  ];
  const openSaveBar = (): Element | null => document.querySelector("ui-save-bar[open]");
  const saveBarButtons = (): { save: HTMLButtonElement | null; discard: HTMLButtonElement | null } => {
    const bar = openSaveBar();
    return {
      save: bar?.querySelector<HTMLButtonElement>('button[variant="primary"]') ?? null,
      discard: bar?.querySelector<HTMLButtonElement>('button:not([variant="primary"])') ?? null,
    };
  };
  const stateOf = (button: HTMLElement | null) => ({
    label: button?.textContent.trim() ?? "",
    disabled: button?.hasAttribute("disabled") === true,
    // The docs set `loading` as an attribute without a value; React leaves out what is false.
    loading: button?.hasAttribute("loading") === true && button.getAttribute("loading") !== "false",
  });

  let mirrored = "";
  function mirror(): void {
    const links = [...document.querySelectorAll<HTMLAnchorElement>("ui-nav-menu a[href], s-app-nav [href]")];
    const nav = links.map((link) => ({
      label: link.textContent.trim(),
      href: link.getAttribute("href") ?? "/",
      isHome: link.getAttribute("rel") === "home",
    }));
    const title = titleBar()?.getAttribute("title") ?? document.title;
    const actions = titleActions().map((action, index) => ({
      ...stateOf(action),
      ...{
        index,
        variant: action.getAttribute("variant"),
        isCritical: action.getAttribute("tone") === "critical",
      },
      group: action.closest("ui-title-bar section")?.getAttribute("label") ?? null,
    }));
    const bar = openSaveBar();
    const { save, discard } = saveBarButtons();
    const asksToDiscard = bar?.hasAttribute("discardconfirmation") === true;
    const saveBar = bar ? { save: stateOf(save), discard: stateOf(discard), asksToDiscard } : null;
    const now = JSON.stringify([nav, title, actions, saveBar]);
    if (now === mirrored) return;
    mirrored = now;
    tell("nav", nav);
    tell("title-bar", { title, actions });
    tell("save-bar", saveBar);
  }
  new MutationObserver(mirror).observe(document, {
    ...{ subtree: true, childList: true, attributes: true, characterData: true },
  });

  let path = "";
  const followLocation = (): void => {
    const now = location.pathname + location.search;
    if (now === path || reload !== null) return;
    path = now;
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

  /**
   * Where in the Admin an address leads; null for any other. The forms are those of the docs' Navigation API: `shopify://admin/orders/1`,
   * `shopify:admin/orders/1`, and the Admin's own addresses.
   */
  const pathInAdmin = (href: string): string | null => {
    const short = /^shopify:(?:\/\/)?admin(\/.*)?$/.exec(href);
    if (short) return short[1] ?? "/";
    const url = new URL(href, location.href);
    if (url.hostname === "admin.shopify.com") return url.pathname.replace(/^\/store\/[^/]+/, "") || "/";
    if (url.hostname.endsWith(".myshopify.com") && /^\/admin(\/|$)/.test(url.pathname))
      return url.pathname.slice("/admin".length) || "/";
    return null;
  };
  const openInAdmin = (href: string, target: string): boolean => {
    const admin = pathInAdmin(href);
    if (admin !== null) tell("open-admin", { path: admin, newTab: target === "_blank" });
    return admin !== null;
  };
  addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      const href = link?.getAttribute("href") ?? "";
      if (href === "" || !openInAdmin(href, link?.getAttribute("target") ?? "")) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  const plainOpen = window.open.bind(window);
  window.open = (url, target, features) =>
    openInAdmin(String(url ?? ""), target ?? "_blank") ? null : plainOpen(url, target, features);

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
    } else if (name === "save" || name === "discard") {
      saveBarButtons()[name]?.click();
    } else if (name === "leave") {
      // A person would rather leave than keep what is not saved.
      for (const bar of document.querySelectorAll<Shown>("ui-save-bar[open]")) void bar.hide();
    } else if (id !== undefined) {
      const caller = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) caller?.resolve(result);
      else caller?.reject(new Error(error));
    }
  });
})();
