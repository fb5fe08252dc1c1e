import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createStarter } from "./start-processes.ts";

const MOMENT_WITHIN_MS = 30_000;
const BETWEEN_LOOKS_MS = 7;

/** The app as it runs in production: a web process and a worker, which can be killed and are followed by another. */
export type AppProcesses = {
  /** SIGKILL, in the middle of whatever it does; another stands when this returns. */
  killWeb(): Promise<void>;
  /**
   * As `killWeb`, at a moment that is picked: the process is held still again and again until `isNow` finds it where it is to be
   * killed.
   * @throws Error if that does not come within 30 seconds
   */
  killWebWhen(isNow: () => Promise<boolean>): Promise<void>;
  killWorker(): Promise<void>;
  /** SIGTERM: it ends in order; another stands when this returns. */
  stopWorker(): Promise<void>;
  /** One more, beside the other. */
  addWorker(): Promise<void>;
  /** The worker ends in order, and the next one's clock is so far ahead: what it does it does that much later. */
  letTimePass(ms: number): Promise<void>;
  /** What they wrote last; for a test that must say why it failed. */
  output(): string;
  /** Ends them at once. */
  close(): Promise<void>;
};

/** A port of 127.0.0.1 where nobody listens. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** @param env of both: database, simulator, the app's credentials and port */
export async function startApp(env: Readonly<Record<string, string>>): Promise<AppProcesses> {
  const starter = await createStarter(env);
  const startWeb = () => starter.startWeb();
  const startWorker = (clockAheadMs = 0) => starter.startWorker({ clockAheadMs });
  try {
    let [web, worker] = await Promise.all([startWeb(), startWorker()]);
    const killWeb = async () => {
      await web.kill();
      web = await startWeb();
    };
    return {
      killWeb,
      async killWebWhen(isNow) {
        const end = Date.now() + MOMENT_WITHIN_MS;
        for (;;) {
          web.holdStill();
          if (await isNow()) break;
          web.goOn();
          if (Date.now() > end) throw new Error("The moment to kill the web process did not come");
          await sleep(BETWEEN_LOOKS_MS);
        }
        await killWeb();
      },
      async killWorker() {
        await worker.kill();
        worker = await startWorker();
      },
      async stopWorker() {
        await worker.stop();
        worker = await startWorker();
      },
      async addWorker() {
        await startWorker();
      },
      async letTimePass(ms) {
        await worker.stop();
        worker = await startWorker(ms);
      },
      output: starter.output,
      close: starter.close,
    };
  } catch (error) {
    await starter.close();
    throw error;
  }
}
