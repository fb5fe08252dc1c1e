import { parseEnv, type Env } from "./parse-env.ts";

/** The environment of this process, parsed once at start. Only the entries' context reads it. */
export function readEnv(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

let parsed: Env | undefined;
