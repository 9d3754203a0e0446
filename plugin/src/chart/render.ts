/** From a specification to pictures, through packages that are loaded when they are needed. */

import { createRequire } from "node:module";
import { TaError } from "../core/errors.js";
import { peer } from "../core/peers.js";
import { sentence, type Words } from "../core/sentence.js";
import type { ChartSpec } from "./spec.js";

type Vega = typeof import("vega");
type VegaLite = typeof import("vega-lite");

/** What both libraries log to: charts have nothing to say on the console. */
export interface Log {
  level(level?: number): Log | number;
  error(...args: readonly unknown[]): Log;
  warn(...args: readonly unknown[]): Log;
  info(...args: readonly unknown[]): Log;
  debug(...args: readonly unknown[]): Log;
}

/** A log that hands on warnings and errors. */
export function logTo(hear: (message: string) => void): Log {
  const loud = (...args: readonly unknown[]) => {
    hear(args.map(String).join(" "));
    return log;
  };
  const quiet = () => log;
  const log: Log = { level: quiet, error: loud, warn: loud, info: quiet, debug: quiet };
  return log;
}

const silent = logTo(() => {});

/** The npm packages that drawing needs: peers, because many users need none of them. */
const NEEDED = { svg: "vega vega-lite", png: "vega vega-lite @resvg/resvg-js" } as const;

/** A method that makes something, which a shell knows by its extension: `toPNG` makes a `.png`. */
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

/** A specification of Vega-Lite as one of Vega. */
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

/** A family that systems have. The renderer knows one name at a time, not lists as browsers do. */
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

/** The path of Vega in one file, as browsers load it. */
export async function vegaScript(what: string): Promise<string> {
  await vegaFor(what);
  const entry = createRequire(import.meta.url).resolve("vega");
  return new URL("./vega.min.js", `file://${entry}`).pathname;
}
