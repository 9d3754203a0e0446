// What a release consists of, as far as this machine can make it.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { copyPackage, packAll } from "./packages.mjs";
import { Failure, root, say } from "./process.mjs";
import { installPython } from "./python.mjs";
import { hasTarget } from "./rust-target.mjs";
import { buildAddon, buildPlugin } from "./setup.mjs";
import { buildWasm } from "./wasm.mjs";

/** Where the packages go. */
export const folder = join(root, "target/npm");

/** The oldest C library that the addon for Linux is built for. */
const GLIBC = "2.17";

const { napi } = JSON.parse(readFileSync(join(root, "plugin/package.json"), "utf8"));

/**
 * Builds and packs the packages, and says what is left to do. Publishes nothing.
 *
 * @returns {Promise<number>}
 */
export async function packRelease() {
  await buildPlugin();
  await buildWasm();
  rmSync(folder, { recursive: true, force: true });
  const plugin = copyPackage(join(folder, "copy"), ["native"]);
  await buildFor(await ownTarget(), join(plugin, "native"));
  const packed = await packAll(plugin, folder);
  for (const { filename, size, unpackedSize } of packed) {
    say(`${filename}: ${megabytes(size)} MB, unpacked ${megabytes(unpackedSize)} MB`);
  }
  for (const name of readdirSync(join(plugin, "native"))) {
    if (name.endsWith(".node")) say(`${name} needs ${neededGlibc(join(plugin, "native", name))}`);
  }
  const made = packed.length - 1;
  say(`the workflow builds the packages of the other ${napi.targets.length - made} platforms`);
  say("publishing needs the credentials of the registry, which only the workflow has");
  return 0;
}

/**
 * Builds the addon for a platform: on Linux for the oldest C library, or for musl.
 *
 * @param {string} target a triple of Rust
 * @param {string} [output] where it goes
 */
export async function buildFor(target, output = "plugin/native") {
  if (!(await hasTarget(target))) throw new Failure(`this Rust has no target ${target}`);
  if (!target.includes("-linux-") || target.endsWith("-android")) {
    return buildAddon({ output, options: ["--target", target] });
  }
  const python = await installPython("plugin/tools/release", "the linker for other systems");
  const env = { ...process.env, PATH: `${dirname(python)}${delimiter}${process.env.PATH}` };
  const isGnu = target.endsWith("-gnu");
  // Node itself is linked to musl, and its addons have to share it.
  if (!isGnu) env.RUSTFLAGS = "-Ctarget-feature=-crt-static";
  const options = ["--cross-compile", "--target", isGnu ? `${target}.${GLIBC}` : target];
  // What another linker has made must not get into the usual build.
  options.push("--target-dir", "target/portable");
  await buildAddon({ output, options, env });
}

/** The target of this machine: the first one whose file the loader would take. */
async function ownTarget() {
  const { parseTriple } = await import("@napi-rs/cli");
  const own = napi.targets.find((/** @type {string} */ triple) => {
    const { platform, arch } = parseTriple(triple);
    return platform === process.platform && arch === process.arch;
  });
  if (own === undefined) throw new Failure("there is no package for this machine's platform");
  return own;
}

/**
 * The newest version of the C library that a file asks for.
 *
 * @param {string} file
 */
export function neededGlibc(file) {
  const versions = readFileSync(file, "latin1").matchAll(/GLIBC_2\.(\d+)/g);
  const newest = Math.max(...[...versions].map(([, minor]) => Number(minor)));
  if (newest < 0) throw new Failure(`${file} names no version of the C library.`);
  return `GLIBC_2.${newest}`;
}

/** @param {number} bytes */
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
