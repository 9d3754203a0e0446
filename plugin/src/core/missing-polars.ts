/** Explains why nodejs-polars cannot be loaded, and how to fix that. */

interface Manifest {
  readonly version: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * The oldest Node version that polars' binaries support; npm does not install them on older ones.
 */
const BINARIES_NEED = 22;

const INSTALL = "npm install --include=optional";

/**
 * One sentence about an error that occurred while nodejs-polars was loaded.
 *
 * @param require Loads packages installed next to this one.
 */
export function whyMissing(error: unknown, require: NodeJS.Require): string {
  const cause = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  const [, name = ""] = /^Cannot find module '([^']+)'/.exec(cause) ?? [];
  let polars: Manifest;
  try {
    polars = require("nodejs-polars/package.json") as Manifest;
  } catch {
    return "nodejs-polars-ta needs nodejs-polars beside it, which is not installed; run: npm install nodejs-polars";
  }
  const binary = polars.optionalDependencies?.[name];
  if (binary === undefined) {
    return `nodejs-polars-ta cannot load nodejs-polars ${polars.version}: ${cause}`;
  }
  const found = `nodejs-polars ${polars.version} is installed without ${name} ${binary}, its binary for this machine`;
  const node = Number(process.versions.node.split(".")[0]);
  if (node >= BINARIES_NEED) return `${found}; run: ${INSTALL}`;
  return `${found}, which npm leaves out on Node ${process.versions.node} because it needs Node ${BINARIES_NEED} or newer; install Node 22.12 or newer and run: ${INSTALL}`;
}
