import type { Frame, Page } from "playwright";

/** More presses of Tab than this no page takes. */
const MOST = 400;
/** The page itself notes where the focus goes: it is asked only now and then. */
const AT_ONCE = 20;

type Walk = {
  awaited: Set<Element>;
  /** Stops that were not drawn otherwise at the moment they got the focus. */
  plain: HTMLElement[];
  isDrawn: (focused: Element) => boolean;
  isOver: boolean;
};

/**
 * Controls of the page that the Tab key alone does not reach, and stops of it that are not drawn otherwise while they have the focus.
 * Of a group whose members are chosen by arrow keys (tabs, radio buttons, menus) one is enough.
 */
export async function findUnreached(page: Page, frame: Frame): Promise<string[]> {
  await frame.evaluate(beginWalk);
  for (let presses = 0; presses < MOST; presses += AT_ONCE) {
    for (let press = 0; press < AT_ONCE; press++) await page.keyboard.press("Tab");
    if (await frame.evaluate(() => (window as unknown as { walk: Walk }).walk.isOver)) break;
  }
  const [unreached, plain] = await frame.evaluate(() => {
    const { walk } = window as unknown as { walk: Walk };
    const missing = [...walk.awaited].filter((element) => element.isConnected);
    return [
      missing.map(
        (element) => `Tab does not reach "${element.textContent}" ${element.outerHTML.slice(0, 160)}`,
      ),
      walk.plain.length,
    ] as const;
  });
  const unseen: string[] = [];
  for (let index = 0; index < plain; index++) {
    await frame.evaluate((at) => (window as unknown as { walk: Walk }).walk.plain[at]?.focus(), index);
    // Polaris draws some stops only once a key was let go on them.
    await page.keyboard.press("Shift");
    const words = await frame.evaluate((at) => {
      const { plain: stops, isDrawn } = (window as unknown as { walk: Walk }).walk;
      const stop = stops[at];
      return new Promise<string | null>((resolve) => {
        requestAnimationFrame(() => {
          resolve(!stop?.isConnected || isDrawn(stop) ? null : stop.outerHTML.slice(0, 160));
        });
      });
    }, index);
    if (words !== null) unseen.push(`the focus is not seen on ${words}`);
  }
  return [...unseen, ...unreached];
}

/** Runs in the page: what is to be reached, and who notes what was. */
function beginWalk(): void {
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
  const isDrawn = (focused: Element) =>
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
  const walk: Walk = { awaited: new Set<Element>(controls), plain: [], isDrawn, isOver: false };
  Object.assign(window, { walk });
  document.body.tabIndex = -1;
  document.body.focus();
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement) || walk.isOver) return;
    walk.awaited.delete(target);
    // What only a script may focus (the panel of a tab) is no stop.
    if (target.tabIndex >= 0 && !isDrawn(target)) walk.plain.push(target);
  });
  // Past the last stop the focus goes to the Admin. A stop that is met again is no end: Polaris' tabs take the focus back from a quick typist.
  window.addEventListener("blur", () => (walk.isOver = true));
}
