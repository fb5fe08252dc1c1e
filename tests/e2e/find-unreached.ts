import type { Frame, Page } from "playwright";

/** More presses of Tab than this no page takes. */
const MOST = 400;

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
    Object.assign(window, { awaited: new Set(controls), unseen: [] as string[], first: null });
    document.body.tabIndex = -1;
    document.body.focus();
  });
  for (let presses = 0; presses < MOST; presses++) {
    await page.keyboard.press("Tab");
    const goesOn = await frame.evaluate(() => {
      type Seen = { awaited: Set<Element>; unseen: string[]; first: Element | null };
      const seen = window as unknown as Seen;
      const focused = document.activeElement;
      if (!document.hasFocus() || focused === null || focused === document.body || focused === seen.first)
        return false;
      seen.first ??= focused;
      seen.awaited.delete(focused);
      const drawn = [focused, focused.parentElement, ...(focused.parentElement?.children ?? [])].some(
        (element) =>
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
      if (!drawn) seen.unseen.push(`the focus is not seen on ${focused.outerHTML.slice(0, 160)}`);
      return true;
    });
    if (!goesOn) break;
  }
  return frame.evaluate(() => {
    const { awaited, unseen } = window as unknown as { awaited: Set<Element>; unseen: string[] };
    return [
      ...unseen,
      ...[...awaited]
        .filter((element) => element.isConnected)
        .map((element) => `Tab does not reach "${element.textContent}" ${element.outerHTML.slice(0, 160)}`),
    ];
  });
}
