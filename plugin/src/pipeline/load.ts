/** Reads configurations from files. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { TaError } from "../core/errors.js";

const require = createRequire(import.meta.url);

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  ".json": (text) => JSON.parse(text),
  ".yaml": readYaml,
  ".yml": readYaml,
};

/** Loaded on first use, because most programs read no YAML. */
function readYaml(text: string): unknown {
  const { parse } = require("yaml") as { parse(text: string): unknown };
  return parse(text);
}

/** Whether a path ends as that of a configuration does. */
export const isConfig = (path: string): boolean => extname(path).toLowerCase() in READERS;

/** The content of a JSON or YAML file. */
export function loadConfig(path: string): unknown {
  const read = READERS[extname(path).toLowerCase()];
  if (read === undefined) {
    throw new TaError(`pipeline: "${path}" is not the path of a .json, .yaml or .yml file`);
  }
  try {
    return read(readFileSync(path, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new TaError(`pipeline: there is no file "${path}"`);
    throw new TaError(`pipeline: "${path}" cannot be read: ${message.split("\n")[0]}`);
  }
}
