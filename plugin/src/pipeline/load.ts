/** Reads configurations from files, and those that the package has. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { extname } from "node:path";
import { TaError } from "../core/errors.js";
import { unknownName } from "../core/unknown.js";

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

/** The configurations that the package has. */
const SHIPPED = new URL("../../pipelines/", import.meta.url);

/** The names of the configurations that the package has. */
export const shippedNames = (): string[] =>
  readdirSync(SHIPPED).map((file) => file.slice(0, -extname(file).length));

const shipped = (name: string): URL => new URL(`${encodeURIComponent(name)}.yaml`, SHIPPED);

/** Whether a text is one of these names, or ends as the path of a configuration does. */
export const isConfig = (source: string): boolean =>
  extname(source).toLowerCase() in READERS || existsSync(shipped(source));

/** The content of a JSON or YAML file, or the configuration of the package that has this name. */
export function loadConfig(path: string): unknown {
  if (existsSync(shipped(path))) return readYaml(readFileSync(shipped(path), "utf8"));
  const read = READERS[extname(path).toLowerCase()];
  if (read === undefined) {
    const wrong = `pipeline: "${path}" is not the path of a .json, .yaml or .yml file, and not one of the pipelines that come with the package`;
    throw new TaError(unknownName(wrong, path, shippedNames(), "they are"));
  }
  try {
    return read(readFileSync(path, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new TaError(`pipeline: there is no file "${path}"`);
    throw new TaError(`pipeline: "${path}" cannot be read: ${message.split("\n")[0]}`);
  }
}
