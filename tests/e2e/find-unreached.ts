import type { Frame, Page } from "playwright";

/** More presses of Tab than this no page takes. */
const MOST = 400;
/** The page itself notes where the focus goes: it is asked only now and then. */
const AT_ONCE = 20;

type Walk = { awaited: Set<Element>; unseen: string[]; first: Element | null; isOver: boolean };

/**
 * Controls of the page that the Tab key alone does not reach, and stops of it that nobody sees: neither drawn otherwise while they have the
 * focus, nor on the screen. Of a group whose members are chosen by arrow keys (tabs, radio buttons, menus) one is enough.
 */
export async function findUnreached(page: Page, frame: Frame): Promise<string[]> {
  await frame.evaluate(() => {
    const skipped =
      "[role=tab][tabindex='-1'], [role=menuitem], [role=option], input[type=radio], dialog:not([open]) *";
    const controls = [
      ...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, [tabindex='0']"),
    ].filter(
      (control) =>
        !control.matches(
          `:disabled, [aria-disabled=true], [aria-hidden=true], [aria-hidden=true] *, [inert] *, ${skipped}`,
        ) && control.checkVisibility({ visibilityProperty: true }),
    );
    const drawn = (focused: Element) =>
      [focused, focused.parentElement, ...(focused.parentElement?.children ?? [])].some((element) =>
        ["", "::before", "::after"].some((part) => {
          if (!element) return false;
          const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element, part);
          return (
            (outlineStyle !== "none" && outlineWidth !== "0px") ||
            boxShadow !== "none" ||
            borderColor.includes("0, 91, 211")
          );
        }),
      );
    const walk: Walk = { awaited: new Set<Element>(controls), unseen: [], first: null, isOver: false };
    Object.assign(window, { walk });
    document.body.tabIndex = -1;
    document.body.focus();
    document.addEventListener("focusin", ({ target }) => {
      if (!(target instanceof Element) || walk.isOver) return;
      walk.isOver = target === walk.first;
      walk.first ??= target;
      walk.awaited.delete(target);
      if (!drawn(target)) walk.unseen.push(`the focus is not seen on ${target.outerHTML.slice(0, 160)}`);
    });
  });
  for (let presses = 0; presses < MOST; presses += AT_ONCE) {
    for (let press = 0; press < AT_ONCE; press++) await page.keyboard.press("Tab");
    const isOver = await frame.evaluate(
      () => (window as unknown as { walk: Walk }).walk.isOver || !document.hasFocus(),
    );
    if (isOver) break;
  }
  return frame.evaluate(() => {
    const { awaited, unseen } = (window as unknown as { walk: Walk }).walk;
    return [
      ...unseen,
      ...[...awaited]
        .filter((element) => element.isConnected)
        .map((element) => `Tab does not reach "${element.textContent}" ${element.outerHTML.slice(0, 160)}`),
    ];
  });
}
