/** Draws pictures from a specification, with packages that are loaded on first use. */

import { createRequire } from "node:module";
import { TaError } from "../core/errors.js";
import { peer } from "../core/peers.js";
import { sentence, type Words } from "../core/sentence.js";
import type { ChartSpec } from "./spec.js";

type Vega = typeof import("vega");
type VegaLite = typeof import("vega-lite");

/** The logger interface of both libraries. They must not write to the console. */
export interface Log {
  level(level?: number): Log | number;
  error(...args: readonly unknown[]): Log;
  warn(...args: readonly unknown[]): Log;
  info(...args: readonly unknown[]): Log;
  debug(...args: readonly unknown[]): Log;
}

/** A log that passes warnings and errors to `listen`. */
export function logTo(listen: (message: string) => void): Log {
  const loud = (...args: readonly unknown[]) => {
    listen(args.map(String).join(" "));
    return log;
  };
  const quiet = () => log;
  const log: Log = { level: quiet, error: loud, warn: loud, info: quiet, debug: quiet };
  return log;
}

const silent = logTo(() => {});

/**
 * The npm packages that drawing needs. They are optional peers, because many users draw nothing.
 */
const NEEDED = { svg: "vega vega-lite", png: "vega vega-lite @resvg/resvg-js" } as const;

/** What a method makes: a program says `toPNG`, a shell says "a chart as .png". */
const making = (method: string): Words => ({
  program: method,
  shell: `a chart as ${method.replace(/^to/, ".").toLowerCase()}`,
});

const load = <T>(
  what: string,
  name: string,
  needed: string,
  import_: () => Promise<T>,
): Promise<T> =>
  peer(
    import_,
    () =>
      sentence`chart: ${making(what)} needs the package ${name}; install it with: npm install ${needed}`,
  );

const vegaFor = (what: string): Promise<Vega> =>
  load(what, "vega", NEEDED.svg, () => import("vega"));

const vegaLiteFor = (what: string): Promise<VegaLite> =>
  load(what, "vega-lite", NEEDED.svg, () => import("vega-lite"));

/** Compiles a Vega-Lite specification to Vega. */
export async function compile(what: string, spec: ChartSpec, log: Log = silent): Promise<object> {
  const { compile: compiled } = await vegaLiteFor(what);
  return compiled(spec as never, { logger: log as never }).spec;
}

export async function svgOf(what: string, spec: ChartSpec, log: Log = silent): Promise<string> {
  const vega = await vegaFor(what);
  const parsed = vega.parse((await compile(what, spec, log)) as never, undefined as never, {
    ast: false,
  });
  const view = new vega.View(parsed, { renderer: "none", logger: log as never });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** A font family that the system has: the renderer accepts one name, not a list as browsers do. */
const SANS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "Helvetica",
  win32: "Segoe UI",
};

export async function pngOf(svg: string, scale: number): Promise<Uint8Array> {
  const { Resvg } = await load("toPNG", "@resvg/resvg-js", NEEDED.png, () => {
    return import("@resvg/resvg-js");
  });
  const font = { loadSystemFonts: true };
  const probe =
    '<svg xmlns="http://www.w3.org/2000/svg"><text font-family="sans-serif">1</text></svg>';
  if (new Resvg(probe, { font }).getBBox() === undefined) {
    throw new TaError(
      sentence`chart: ${making("toPNG")} finds no fonts on this machine, and labels would be missing; install some, such as the package fonts-dejavu-core`,
    );
  }
  const family = SANS[process.platform] ?? "DejaVu Sans";
  const plain = svg.replace(/font-family="[^"]*"/g, `font-family="${family}"`);
  return new Resvg(plain, { fitTo: { mode: "zoom", value: scale }, font }).render().asPng();
}

/** The path of Vega as one file for browsers. */
export async function vegaScript(what: string): Promise<string> {
  await vegaFor(what);
  const entry = createRequire(import.meta.url).resolve("vega");
  return new URL("./vega.min.js", `file://${entry}`).pathname;
}
