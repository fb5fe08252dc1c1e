import cliProgress from "cli-progress";

/** How often a pipe is told figures that have changed. */
const FIGURES_EVERY_MS = 5_000;

/** Says how a job goes, to a person at a terminal or to whatever reads a pipe. */
export type JobReporter = {
  /** A step of the job, or what this command has to say about it. */
  line(text: string): void;
  /** Figures that change all the time. */
  figures(words: string, percent: number | null): void;
  /** Leaves the terminal as it was. */
  close(): void;
};

type Output = NodeJS.WritableStream & { isTTY?: boolean };

/** A progress bar below the steps in a terminal; plain lines in a pipe. @param title in front of each line */
export function createJobReporter(output: Output, title: string): JobReporter {
  return output.isTTY === true ? barReporter(output, title) : lineReporter(output, title);
}

function lineReporter(output: Output, title: string): JobReporter {
  let saidAt = Date.now();
  let said = "";
  const line = (text: string) => {
    output.write(`${title}: ${printable(text)}\n`);
    saidAt = Date.now();
  };
  return {
    line,
    figures(words) {
      if (words === said || Date.now() - saidAt < FIGURES_EVERY_MS) return;
      said = words;
      line(words);
    },
    close: () => undefined,
  };
}

function barReporter(output: Output, title: string): JobReporter {
  const bars = new cliProgress.MultiBar({
    stream: output,
    clearOnComplete: true,
    hideCursor: true,
    linewrap: true, // cut off at the terminal's width
    gracefulExit: false, // Ctrl-C is ours
    fps: 5,
    forceRedraw: true,
    barsize: 24,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    format: (options, params, payload: { words: string; percent: number | null }) => {
      const { words, percent } = payload;
      const bar = percent === null ? "" : `${cliProgress.Format.BarFormat(params.progress, options)} `;
      return `${title}: ${bar}${words}`;
    },
  });
  const bar = bars.create(100, 0, { words: "waiting", percent: null });
  let open = true;
  return {
    line(text) {
      bars.log(`${title}: ${printable(text)}\n`);
    },
    figures(words, percent) {
      bar.update(percent ?? 0, { words, percent });
    },
    close() {
      if (!open) return;
      open = false;
      bars.update(); // lines that wait for their turn
      bars.stop();
    },
  };
}

/** A step may quote what came from outside: no control character of it reaches the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ");
}
