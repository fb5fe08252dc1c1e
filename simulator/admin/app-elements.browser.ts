/**
 * `ui-modal` and `ui-save-bar` as elements of the app's own page. Methods, attributes and events are those Shopify documents
 * (shopify.dev/docs/api/app-home/app-bridge-web-components/ui-modal and …/ui-save-bar). Loaded in front of app-bridge.browser.ts,
 * which tells the Admin what of them is open.
 *
 * Otherwise than Shopify's, a modal covers the app and not the whole Admin, and its content stands in the app's own document: Shopify
 * shows it in a frame that has the app's styles. `src` is not imitated.
 */
(() => {
  /** What both have: shown by their attribute `open`, and told by events. */
  class ShownElement extends HTMLElement {
    show(): Promise<void> {
      return this.change(true);
    }
    hide(): Promise<void> {
      return this.change(false);
    }
    toggle(): Promise<void> {
      return this.change(!this.hasAttribute("open"));
    }
    protected draw(_open: boolean): void {
      // The save bar is drawn by the Admin.
    }
    private async change(open: boolean): Promise<void> {
      if (this.hasAttribute("open") === open) return;
      this.toggleAttribute("open", open);
      this.draw(open);
      // Told once the Admin has answered, never within the call: React's wrappers call first and listen then.
      await Promise.resolve();
      this.dispatchEvent(new Event(open ? "show" : "hide"));
    }
  }

  class SaveBarElement extends ShownElement {
    get showing(): boolean {
      return this.hasAttribute("open");
    }
    get discardConfirmation(): boolean {
      return this.hasAttribute("discardconfirmation");
    }
    set discardConfirmation(asked: boolean) {
      this.toggleAttribute("discardconfirmation", asked);
    }
    /** The app has taken the page with the bar away. */
    disconnectedCallback(): void {
      this.removeAttribute("open");
    }
  }

  /** The browser's own dialog: it keeps the focus inside, gives it back, and closes on Escape. */
  class ModalElement extends ShownElement {
    private readonly dialog = document.createElement("dialog");
    private readonly heading = document.createElement("h2");
    private readonly body = document.createElement("div");
    private readonly footer = document.createElement("footer");
    private readonly watch = new MutationObserver(() => {
      this.drawTitleBar();
    });

    /** Where @shopify/app-bridge-react puts a modal's children. */
    get content(): HTMLElement {
      return this.body;
    }
    get variant(): string {
      return this.getAttribute("variant") ?? "base";
    }
    set variant(variant: string) {
      this.setAttribute("variant", variant);
    }

    connectedCallback(): void {
      this.heading.id = `modal-heading-${String(document.querySelectorAll("dialog.simulated-modal").length)}`;
      this.dialog.className = "simulated-modal";
      this.dialog.setAttribute("aria-labelledby", this.heading.id);
      const close = document.createElement("button");
      close.type = "button";
      close.className = "close";
      close.setAttribute("aria-label", "Close");
      close.textContent = "×";
      close.addEventListener("click", () => void this.hide());
      const header = document.createElement("header");
      header.append(this.heading, close);
      this.dialog.replaceChildren(header, this.body, this.footer);
      // Escape.
      this.dialog.addEventListener("close", () => void this.hide());
      document.body.append(this.dialog);
    }
    disconnectedCallback(): void {
      this.watch.disconnect();
      this.removeAttribute("open");
      this.dialog.remove();
    }

    protected override draw(open: boolean): void {
      if (!open) {
        this.watch.disconnect();
        this.dialog.close();
        return;
      }
      this.dialog.dataset.variant = this.variant;
      // Without React the content is what stands in the element.
      if (this.body.childNodes.length === 0)
        this.body.append(
          ...[...this.children]
            .filter(({ localName, childNodes }) => !localName.startsWith("ui-") && childNodes.length > 0)
            .map((child) => child.cloneNode(true)),
        );
      this.drawTitleBar();
      this.watch.observe(this, { subtree: true, childList: true, attributes: true, characterData: true });
      this.dialog.showModal();
    }

    /** The modal's own title bar: its title above, its buttons below. */
    private drawTitleBar(): void {
      const bar = this.querySelector("ui-title-bar");
      this.heading.textContent = bar?.getAttribute("title") ?? "";
      const focused = [...this.footer.children].indexOf(document.activeElement ?? this.footer);
      const buttons = [...(bar?.querySelectorAll<HTMLButtonElement>("button") ?? [])].map((given) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = given.textContent.trim();
        button.disabled = given.disabled || given.hasAttribute("loading");
        button.toggleAttribute("data-primary", given.getAttribute("variant") === "primary");
        button.toggleAttribute("data-critical", given.getAttribute("tone") === "critical");
        button.addEventListener("click", () => {
          given.click();
        });
        return button;
      });
      this.footer.hidden = buttons.length === 0;
      this.footer.replaceChildren(...buttons);
      buttons[focused]?.focus();
    }
  }

  customElements.define("ui-save-bar", SaveBarElement);
  customElements.define("ui-modal", ModalElement);

  const style = document.createElement("style");
  style.textContent = `
    ui-nav-menu, ui-title-bar, s-app-nav, ui-save-bar, ui-modal { display: none; }
    .simulated-modal { width: min(620px, calc(100vw - 32px)); max-height: calc(100dvh - 64px); padding: 0; border: 0; border-radius: 16px;
      color: #303030; font: 13px/1.5 Inter, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; box-shadow: 0 8px 32px rgb(0 0 0 / 30%); }
    .simulated-modal[open] { display: flex; flex-direction: column; }
    .simulated-modal[data-variant="small"] { width: min(380px, calc(100vw - 32px)); }
    .simulated-modal[data-variant="large"] { width: min(980px, calc(100vw - 32px)); }
    .simulated-modal[data-variant="max"] { width: calc(100vw - 16px); height: calc(100dvh - 16px); max-width: none; max-height: none; }
    .simulated-modal::backdrop { background: rgb(0 0 0 / 50%); }
    .simulated-modal > header { display: flex; align-items: center; gap: 8px; padding: 12px 16px; background: #f3f3f3; }
    .simulated-modal > header h2 { flex: 1; margin: 0; font-size: 14px; font-weight: 650; }
    .simulated-modal > div { flex: 1; overflow: auto; }
    .simulated-modal > footer { display: flex; flex-direction: row-reverse; justify-content: flex-start; gap: 8px; padding: 12px 16px; border-top: 1px solid #e3e3e3; }
    .simulated-modal > footer[hidden] { display: none; }
    .simulated-modal > footer button { border: 1px solid #8a8a8a; border-radius: 8px; background: #fff; color: inherit; padding: 4px 12px; font: inherit; font-weight: 550; cursor: pointer; }
    .simulated-modal > footer button[data-primary] { border-color: #303030; background: #303030; color: #fff; }
    .simulated-modal > footer button[data-critical] { border-color: #8e0b21; background: #8e0b21; color: #fff; }
    .simulated-modal > footer button:disabled { border-color: #ebebeb; background: #f1f1f1; color: #616161; cursor: default; }
    .simulated-modal > header .close { border: 0; border-radius: 8px; background: transparent; color: inherit; padding: 0 8px; font: inherit; font-size: 20px; cursor: pointer; }
    .simulated-modal button:focus-visible { outline: 2px solid #005bd3; outline-offset: 1px; }`;
  document.head.append(style);
})();
