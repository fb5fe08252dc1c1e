/** What comes of an answer is on the page by then. */
const WATCHED_MS = 20_000;

const CONTROLS = "button, a[href], input, select";

/** What had the focus last: a button that is busy before its question opens has lost it by then. */
let last: EventTarget | null = null;
if (typeof document !== "undefined")
  document.addEventListener("focusin", ({ target }) => {
    last = target;
  });

/**
 * Remembers what has the focus, to give it back once a question over the page is closed. What was pressed may be busy then, or gone a
 * moment later because it was done: the control nearest to where it stood has the focus instead, so that a person goes on from there.
 */
export function rememberFocus(): () => void {
  const opener = document.activeElement === document.body ? last : document.activeElement;
  const around: Element[] = [];
  if (!(opener instanceof HTMLElement) || !opener.isConnected) return () => undefined;
  for (let one = opener.parentElement; one; one = one.parentElement) around.push(one);
  return () => {
    opener.focus();
    const look = () => {
      // Somebody has gone elsewhere meanwhile.
      if (document.activeElement !== document.body) return document.activeElement === opener;
      // What is busy does not take the focus: it is tried again once it is not.
      const near = around.find((one) => one.isConnected && one.querySelector(CONTROLS) !== null);
      (opener.isConnected ? opener : near?.querySelector<HTMLElement>(CONTROLS))?.focus();
      return true;
    };
    const watch = new MutationObserver(() => {
      if (!look()) watch.disconnect();
    });
    watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
    setTimeout(() => {
      watch.disconnect();
    }, WATCHED_MS);
    look();
  };
}
