import { pino, type DestinationStream, type Logger } from "pino";
import { redactSecrets, redactText } from "./redact-secrets.ts";

export type Log = Logger;

/**
 * A logger of JSON lines on standard output (or `destination`). No secret and nobody's e-mail address or phone
 * number gets into it, by name or inside a text; `log.child({ shop, jobId })` for what a whole task shares.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        bindings: (bindings) => redactSecrets(bindings) as Record<string, unknown>,
        log: (fields) => redactSecrets(fields) as Record<string, unknown>,
      },
      hooks: { streamWrite: redactText },
    },
    destination,
  );
}
