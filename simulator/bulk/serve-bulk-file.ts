import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { FaultSwitch } from "#simulator/faults/fault-switch.ts";
import type { BulkOperations } from "./bulk-operations.ts";

const FILE_PATH = /^\/bulk\/(\d+)\/([0-9a-f]+)\.jsonl$/;

/**
 * Serves the file of a finished operation as Google's storage does: `application/jsonl`,
 * Content-Length, one byte range, and an XML error for an expired or unknown link.
 *
 * @returns false when `url` is no file address.
 */
export async function serveBulkFile(
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  bulk: BulkOperations,
  faults: FaultSwitch,
): Promise<boolean> {
  const match = FILE_PATH.exec(url.pathname);
  if (match === null) return false;
  const found = bulk.openFile(match[1] ?? "", match[2] ?? "");
  if (found === "unknown") sendXml(res, 404, "NoSuchKey", "The specified key does not exist.");
  else if (found === "expired" || faults.strike("file-expired") !== null) {
    sendXml(res, 403, "ExpiredToken", "The provided token has expired.");
  } else await sendFile(req, res, found.path, faults);
  return true;
}

async function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  faults: FaultSwitch,
): Promise<void> {
  const { size } = await stat(path);
  const range = readRange(req.headers.range, size);
  if (range === "unsatisfiable") {
    res.setHeader("Content-Range", `bytes */${String(size)}`);
    sendXml(res, 416, "InvalidRange", "The requested range cannot be satisfied.");
    return;
  }
  const start = range?.start ?? 0;
  const end = range?.end ?? size - 1;
  const length = end - start + 1;
  res.writeHead(range === null ? 200 : 206, {
    "Content-Type": "application/jsonl",
    "Content-Length": length,
    "Accept-Ranges": "bytes",
    ...(range === null ? {} : { "Content-Range": `bytes ${String(start)}-${String(end)}/${String(size)}` }),
  });
  if (req.method === "HEAD") {
    res.end();
    return;
  }
  const cut = faults.strike("file-cut");
  if (cut === null) {
    await pipeline(createReadStream(path, { start, end }), res).catch(() => undefined); // the client may leave
    return;
  }
  const cutAfter = Math.min(cut.afterBytes ?? Math.floor(length / 2), length - 1);
  if (cutAfter > 0) {
    for await (const chunk of createReadStream(path, { start, end: start + cutAfter - 1 })) {
      await new Promise((resolve) => res.write(chunk, resolve));
    }
  }
  res.destroy();
}

function readRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return null;
  const start = match[1] === "" ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === "" || match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start >= size || start > end ? "unsatisfiable" : { start, end };
}

function sendXml(res: ServerResponse, status: number, code: string, message: string): void {
  res.writeHead(status, { "Content-Type": "application/xml; charset=UTF-8" });
  res.end(
    `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}
