// Packs what npm gets: the main package, and a package for each platform whose addon is there.
import {
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Failure, root, runNpm, runPackage } from "./process.mjs";

/**
 * @typedef {object} Packed
 * @property {string} filename the tarball, in the folder of all tarballs
 * @property {string} name
 * @property {string} version
 * @property {number} size bytes of the tarball
 * @property {number} unpackedSize
 * @property {{ path: string, size: number }[]} files
 */

/** What no package is made of. */
const UNPACKED = ["bench", "node_modules", "src"];

/**
 * Copies the package to a folder, where it can be packed.
 *
 * @param {string} folder gets README and licence, and the package below it
 * @param {string[]} [without] more parts that are left out
 * @returns {string} the folder of the copied package
 */
export function copyPackage(folder, without = []) {
  for (const name of ["README.md", "LICENSE"]) cpSync(join(root, name), join(folder, name));
  const plugin = join(folder, "plugin");
  for (const name of readdirSync(join(root, "plugin"))) {
    if ([...UNPACKED, ...without].includes(name)) continue;
    cpSync(join(root, "plugin", name), join(plugin, name), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
  }
  return plugin;
}

/**
 * Packs the packages; the main one comes first. It has the others as optional dependencies, so that
 * npm installs the one for its platform.
 *
 * @param {string} plugin the folder of the plugin, of which @napi-rs/cli changes package.json: a copy
 * @param {string} to where the tarballs go
 * @returns {Promise<Packed[]>}
 */
export async function packAll(plugin, to) {
  const manifest = join(plugin, "package.json");
  const { napi, ...rest } = JSON.parse(readFileSync(manifest, "utf8"));
  const targets = napi.targets.filter(await targetsIn(plugin, napi));
  if (targets.length === 0) throw new Failure("no addon is built: there is nothing to pack");
  const written = { ...rest, napi: { ...napi, targets } };
  writeFileSync(manifest, `${JSON.stringify(written, null, 2)}\n`);
  await cli(plugin, "create-npm-dirs");
  const folders = readdirSync(join(plugin, "npm")).map((name) => join(plugin, "npm", name));
  for (const folder of folders) {
    const { main } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    copyFileSync(join(plugin, "native", main), join(folder, main));
    copyFileSync(join(plugin, "../LICENSE"), join(folder, "LICENSE"));
  }
  // Writes the optional dependencies; the two options keep it from publishing anything.
  await cli(plugin, "prepublish", "-t", "npm", "--skip-optional-publish", "--no-gh-release");
  const packed = [];
  for (const folder of [plugin, ...folders]) packed.push(await pack(folder, to));
  return packed;
}

/**
 * Which targets have an addon in the plugin's folder.
 *
 * @param {string} plugin
 * @param {{ binaryName: string }} napi
 */
async function targetsIn(plugin, { binaryName }) {
  const { parseTriple } = await import("@napi-rs/cli");
  return (/** @type {string} */ triple) => {
    const { platformArchABI } = parseTriple(triple);
    return existsSync(join(plugin, "native", `${binaryName}.${platformArchABI}.node`));
  };
}

/**
 * @param {string} cwd
 * @param {string[]} args
 */
async function cli(cwd, ...args) {
  let said = "";
  const note = (/** @type {string} */ line) => {
    said += `${line}\n`;
  };
  const options = { cwd, onStdoutLine: note, onStderrLine: note };
  const code = await runPackage("@napi-rs/cli", "napi", args, options);
  if (code !== 0) throw new Failure(`napi ${args[0]} failed: ${said}`, code);
}

/**
 * @param {string} cwd
 * @param {string} to
 * @returns {Promise<Packed>}
 */
async function pack(cwd, to) {
  let text = "";
  const code = await runNpm(["pack", "--json", "--loglevel=error", "--pack-destination", to], {
    cwd,
    onStdoutLine: (line) => {
      text += line;
    },
  });
  if (code !== 0) throw new Failure(`npm pack failed in ${cwd}.`, code);
  const [packed] = Object.values(JSON.parse(text.slice(text.search(/[[{]/))));
  return packed;
}
