/**
 * The Admin's side of App Bridge: answers the app's messages (session token, toast, loading, title bar,
 * navigation) and draws what they ask for. Only the app's own iframe and origin are listened to.
 */
(() => {
  type NavItem = { label: string; href: string };
  type TitleAction = { label: string; primary: boolean; index: number };
  type Message = { appBridge: true; id: number; method: string; params: unknown };

  const { home = "", tokenPath = "", appOrigin = "" } = document.body.dataset;
  const byId = (id: string): HTMLElement => {
    const element = document.getElementById(id);
    if (!element) throw new Error(`the Admin page has no #${id}`);
    return element;
  };
  const frame = byId("app") as HTMLIFrameElement;
  let current = location.pathname.slice(home.length) || "/";
  let nav: NavItem[] = [];

  const tellApp = (message: Record<string, unknown>): void => {
    frame.contentWindow?.postMessage({ appBridge: true, ...message }, appOrigin);
  };

  const drawNav = (): void => {
    byId("app-nav").replaceChildren(
      ...nav.map(({ label, href }) => {
        const link = document.createElement("a");
        const path = new URL(href, appOrigin).pathname;
        link.className = "nav-item";
        link.href = home + (path === "/" ? "" : path);
        link.textContent = label;
        if (path === current) link.setAttribute("aria-current", "page");
        link.addEventListener("click", (event) => {
          event.preventDefault();
          delete byId("nav").dataset.open;
          tellApp({ event: "navigate", href });
        });
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
  };

  const drawTitleBar = ({ title, actions }: { title: string; actions: TitleAction[] }): void => {
    byId("title").textContent = title;
    byId("actions").replaceChildren(
      ...actions.map(({ label, primary, index }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = label;
        if (primary) button.dataset.primary = "";
        button.addEventListener("click", () => {
          tellApp({ event: "title-bar-action", index });
        });
        return button;
      }),
    );
  };

  const showToast = (params: { id: string; message: string; isError: boolean; duration: number }): void => {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.toast = params.id;
    toast.textContent = params.message;
    if (params.isError) toast.dataset.error = "";
    byId("toasts").append(toast);
    setTimeout(() => {
      toast.remove();
    }, params.duration);
  };

  const answer = async (method: string, params: unknown): Promise<unknown> => {
    switch (method) {
      case "idToken": {
        const response = await fetch(tokenPath, { method: "POST" });
        if (!response.ok) throw new Error(`no session token: ${String(response.status)}`);
        return response.text();
      }
      case "toast.show":
        showToast(params as Parameters<typeof showToast>[0]);
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
        drawTitleBar(params as Parameters<typeof drawTitleBar>[0]);
        return null;
      case "navigated":
        current = String(params);
        history.replaceState(null, "", home + (current === "/" ? "" : current));
        drawNav();
        return null;
      case "resourcePicker":
        // As when a person closes the picker without choosing.
        return null;
      default:
        throw new Error(`the simulated Admin does not know "${method}"`);
    }
  };

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

  document.querySelector(".menu-button")?.addEventListener("click", (event) => {
    const open = byId("nav").toggleAttribute("data-open");
    (event.currentTarget as HTMLElement).setAttribute("aria-expanded", String(open));
  });
})();
