import type { ButtonState, SaveBar, TitleAction, TitleBar, Toast } from "./admin-messages.ts";

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the Admin page has no #${id}`);
  return element;
}

function button({ label, disabled, loading }: ButtonState, onClick: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.disabled = disabled || loading;
  if (loading) element.setAttribute("aria-busy", "true");
  element.addEventListener("click", onClick);
  return element;
}

/**
 * The title bar: a way back before the title (`variant="breadcrumb"`), the actions behind it, those of a `section` in a menu of their own
 * (shopify.dev/docs/api/app-home/app-bridge-web-components/ui-title-bar).
 */
export function drawTitleBar({ title, actions }: TitleBar, act: (index: number) => void): void {
  byId("title").textContent = title;
  document.title =
    title === "" ? (document.body.dataset.name ?? "") : `${title} · ${document.body.dataset.name ?? ""}`;
  const make = (action: TitleAction): HTMLButtonElement => {
    const element = button(action, () => {
      act(action.index);
    });
    element.toggleAttribute("data-primary", action.variant === "primary");
    element.toggleAttribute("data-critical", action.isCritical);
    return element;
  };
  const bar = byId("actions");
  const focused = [...bar.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  const plain = actions.filter(({ variant, group }) => variant !== "breadcrumb" && group === null);
  const groups = Map.groupBy(
    actions.filter(({ group }) => group !== null),
    ({ group }) => group ?? "",
  );
  byId("back").replaceChildren(
    ...actions
      .filter(({ variant }) => variant === "breadcrumb")
      .slice(0, 1)
      .map((action) => {
        const back = make(action);
        back.setAttribute("aria-label", `Back to ${action.label}`);
        return back;
      }),
  );
  bar.replaceChildren(
    ...plain.filter(({ variant }) => variant !== "primary").map(make),
    ...[...groups].map(([label, members]) => drawGroup(label, members.map(make))),
    ...plain.filter(({ variant }) => variant === "primary").map(make),
  );
  bar.querySelectorAll("button")[focused]?.focus();
}

function drawGroup(label: string, members: HTMLButtonElement[]): HTMLElement {
  const group = document.createElement("span");
  const list = document.createElement("span");
  group.className = "group";
  list.className = "group-list";
  list.hidden = true;
  list.append(...members);
  const opener = button({ label: `${label} ▾`, disabled: false, loading: false }, () => {
    open(list.hidden);
  });
  const open = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) members[0]?.focus();
  };
  opener.setAttribute("aria-expanded", "false");
  list.addEventListener("click", () => {
    open(false);
  });
  group.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    open(false);
    opener.focus();
  });
  group.append(opener, list);
  return group;
}

/** In front of the Admin's top bar; null: nothing waits to be saved. */
export function drawSaveBar(bar: SaveBar | null, act: (name: "save" | "discard") => void): void {
  const place = byId("save-bar");
  place.hidden = bar === null;
  if (bar === null) {
    byId("save-bar-buttons").replaceChildren();
    return;
  }
  const make = (name: "save" | "discard", words: string): HTMLButtonElement =>
    // An app may leave its buttons empty, as Shopify's example does.
    button({ ...bar[name], label: bar[name].label || words }, () => {
      act(name);
    });
  const save = make("save", "Save");
  save.dataset.primary = "";
  const focused = [...place.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  const buttons = [make("discard", "Discard"), save];
  byId("save-bar-buttons").replaceChildren(...buttons);
  buttons[focused]?.focus();
}

export function showToast({ id, message, isError, duration }: Toast): void {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.toast = id;
  toast.textContent = message;
  if (isError) toast.dataset.error = "";
  byId("toasts").append(toast);
  setTimeout(() => {
    toast.remove();
  }, duration);
}

/** Asks a person in a dialog; false: they say no, or close it. */
export function askPerson(words: {
  title: string;
  text: string;
  no: string;
  yes: string;
  isCritical: boolean;
}): Promise<boolean> {
  const dialog = byId("leaving") as HTMLDialogElement;
  byId("leaving-title").textContent = words.title;
  byId("leaving-text").textContent = words.text;
  return new Promise((resolve) => {
    const answer = (agrees: boolean) => () => {
      dialog.close(agrees ? "yes" : "no");
    };
    const yes = button({ label: words.yes, disabled: false, loading: false }, answer(true));
    yes.toggleAttribute("data-critical", words.isCritical);
    byId("leaving-buttons").replaceChildren(
      button({ label: words.no, disabled: false, loading: false }, answer(false)),
      yes,
    );
    dialog.returnValue = "no";
    dialog.addEventListener(
      "close",
      () => {
        resolve(dialog.returnValue === "yes");
      },
      { once: true },
    );
    if (!dialog.open) dialog.showModal();
  });
}
