// The versions and hardware of a measurement.
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, release, totalmem, type } from "node:os";
import { fileURLToPath } from "node:url";
import { present, side, sides } from "./sides.mjs";

/** @param {import("./options.mjs").Options} options */
export async function environment(options) {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpu?.model.trim() ?? process.arch,
    cores: availableParallelism(),
    memory: `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    os: systemName(),
    node: process.versions.node,
    polarsThreads: process.env.POLARS_MAX_THREADS ?? "all",
    versions: { ...(options.rivals ? npmVersions() : {}), ...(await sideVersions()) },
  };
}

function systemName() {
  const file = "/etc/os-release";
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const name = /^PRETTY_NAME="?(.*?)"?$/m.exec(text)?.[1];
  return name ? `${name}, ${type()} ${release()}` : `${type()} ${release()}`;
}

/** @returns {Record<string, string>} */
function npmVersions() {
  const file = fileURLToPath(new URL("rivals/package.json", import.meta.url));
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(file, "utf8"));
  return { ...dependencies, ...optionalDependencies };
}

/**
 * Versions of packages in node_modules and the Python environment; npm's rivals have exact versions
 * in their package.json.
 */
async function sideVersions() {
  const asked = Object.keys(sides).filter((name) => {
    return name === "ours" || (sides[name].language !== undefined && present(name));
  });
  const answers = [];
  for (const name of asked) {
    const { error, ...versions } = await side(name).ask("versions");
    answers.push(versions);
  }
  return Object.assign({}, ...answers);
}
