/** Loaded into the web process (`node --import`): writes each statement that took a while as a line, with its values. */
import pg from "pg";

const LEAST_MS = 5;

type Asked = { text: string; values?: unknown[] };
type Query = (this: unknown, ...args: unknown[]) => unknown;

const plain = Reflect.get(pg.Client.prototype, "query") as Query;

const watched: Query = function (this: unknown, ...args) {
  const [asked, second] = args;
  const { text, values } =
    typeof asked === "string" ? { text: asked, values: second } : ((asked ?? {}) as Asked);
  const began = performance.now();
  const tell = () => {
    const ms = performance.now() - began;
    if (ms < LEAST_MS || typeof text !== "string") return;
    const given = Array.isArray(values) ? (values as unknown[]) : [];
    process.stdout.write(`STATEMENT ${JSON.stringify({ ms, text, values: given })}\n`);
  };
  const callback = args.at(-1);
  if (typeof callback === "function") {
    const answered = callback as (...results: unknown[]) => unknown;
    args[args.length - 1] = (...results: unknown[]) => {
      tell();
      return answered(...results);
    };
    return plain.apply(this, args);
  }
  const result = plain.apply(this, args);
  if (result instanceof Promise) result.then(tell, tell);
  return result;
};

Object.assign(pg.Client.prototype, { query: watched });
