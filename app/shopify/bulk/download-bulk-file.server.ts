import { createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "#app/lib/errors.ts";
import { backoffMs } from "../client/throttle.ts";

export type DownloadOptions = {
  url: string;
  /** Where the file goes. What an earlier try left there is continued. */
  path: string;
  /** Bytes as Shopify counted them; null = trust the connection. */
  fileSize: number | null;
  signal: AbortSignal;
  /** Asked once when the url is refused: a fresh one, or throws BULK_EXPIRED. */
  renewUrl: () => Promise<string>;
  /** Every cut, wait and restart, in words. */
  onNotice: (text: string) => void;
  /** Called with every piece that comes: how many bytes there are now. */
  onBytes?: (bytes: number) => void;
  fetch?: typeof globalThis.fetch;
  /** Tries in a row without a single new byte before it is given up. */
  maxTries?: number;
};

/** No byte for so long is a dead connection. */
const STALL_MS = 60_000;

/**
 * Streams the result of a bulk operation into a file, in bounded memory. A body that is cut is continued where
 * it broke (Range), or begun anew where the server cannot; at the end the file has exactly `fileSize` bytes.
 * Throws BULK_EXPIRED, SHOPIFY_UNREACHABLE, or BULK_INCOMPLETE when the size never fits.
 */
export async function downloadBulkFile(options: DownloadOptions): Promise<void> {
  const { fileSize, signal, onNotice, maxTries = 6 } = options;
  await mkdir(path.dirname(options.path), { recursive: true });
  let url = options.url;
  let renewed = false;
  let tries = 0;
  let misfits = 0;
  for (;;) {
    signal.throwIfAborted();
    const begun = await sizeOf(options.path);
    if (fileSize !== null && begun === fileSize) return;

    const end = await transfer({ ...options, url, from: fileSize === null || begun > fileSize ? 0 : begun });
    signal.throwIfAborted();
    const size = await sizeOf(options.path);

    if (end.kind === "refused") {
      if (renewed)
        throw new AppError(
          "BULK_EXPIRED",
          `The file of the bulk operation has expired (HTTP ${String(end.status)}).`,
        );
      onNotice("The address of the file has expired: asking Shopify for it again");
      url = await options.renewUrl();
      renewed = true;
      continue;
    }
    if (end.kind === "complete" && (fileSize === null || size === fileSize)) return;
    if (end.kind === "complete" && size > (fileSize ?? 0)) {
      misfits += 1;
      await rm(options.path, { force: true });
      if (misfits >= 3) {
        throw new AppError(
          "BULK_INCOMPLETE",
          `The file has ${String(size)} bytes, Shopify counted ${String(fileSize)}.`,
        );
      }
    }

    tries = size > begun ? 1 : tries + 1;
    const why = end.kind === "fault" ? end.why : "the body ended early";
    if (tries >= maxTries) {
      const have = `${String(size)} of ${String(fileSize ?? "?")} bytes`;
      throw new AppError(
        "SHOPIFY_UNREACHABLE",
        `The file of the bulk operation could not be read to its end (${have}): ${why}.`,
      );
    }
    onNotice(`Download interrupted at ${String(size)} bytes (${why}): going on`);
    await sleep(backoffMs(tries, Math.random()), undefined, { signal }).catch(() => {
      signal.throwIfAborted();
    });
  }
}

type TransferEnd =
  { kind: "complete" } | { kind: "refused"; status: number } | { kind: "fault"; why: string };

/** One request, appended to the file from byte `from` on (or from 0 when the server does not do ranges). */
async function transfer(options: DownloadOptions & { from: number }): Promise<TransferEnd> {
  const stall = new AbortController();
  const signal = AbortSignal.any([options.signal, stall.signal]);
  const watch = () =>
    setTimeout(() => {
      stall.abort(new Error(`no byte for ${String(STALL_MS / 1000)} s`));
    }, STALL_MS);
  let timer = watch();
  try {
    const response = await (options.fetch ?? globalThis.fetch)(options.url, {
      // identity: a compressed body would not have the size Shopify counted, nor could it be continued.
      headers: {
        "Accept-Encoding": "identity",
        ...(options.from > 0 && { Range: `bytes=${String(options.from)}-` }),
      },
      signal,
    });
    if ([400, 401, 403, 404, 410].includes(response.status)) {
      await response.body?.cancel();
      return { kind: "refused", status: response.status };
    }
    if (response.status === 416) {
      await response.body?.cancel();
      await rm(options.path, { force: true });
      return { kind: "fault", why: "the part asked for does not exist" };
    }
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return { kind: "fault", why: `HTTP ${String(response.status)}` };
    }
    const continues =
      response.status === 206 &&
      response.headers.get("Content-Range")?.startsWith(`bytes ${String(options.from)}-`);
    const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
    let bytes = continues ? options.from : 0;
    const watched = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        clearTimeout(timer);
        timer = watch();
        bytes += chunk.byteLength;
        options.onBytes?.(bytes);
        yield chunk;
      }
    };
    await pipeline(body, watched, createWriteStream(options.path, { flags: continues ? "a" : "w" }), {
      signal,
    });
    return { kind: "complete" };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { kind: "fault", why: (cause as NodeJS.ErrnoException).code ?? (cause as Error).message };
  } finally {
    clearTimeout(timer);
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}
