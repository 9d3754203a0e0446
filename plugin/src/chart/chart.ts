/** Charts of bars and indicators. The catalog says how each output is drawn. */

import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import type { DataFrame } from "nodejs-polars";
import { describe } from "../core/arguments.js";
import { entry } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { checkOptions, type OptionTypes } from "../core/options.js";
import { columnTypes, planOf } from "../lazy/frames.js";
import type { NativeExpr } from "../polars/native.js";
import { asked, written } from "./asked.js";
import { checkPrices, checkStyle, hasCandles, isCandles } from "./checks.js";
import { comparedIn, type Drawing, type Mode, plotWidth } from "./drawing.js";
import { type Found, findAll } from "./find.js";
import { panesOf } from "./layout.js";
import { CHART, type Settings, settingsOf } from "./options.js";
import { pageOf } from "./page.js";
import { entriesOf } from "./readout.js";
import { pngOf, svgOf } from "./render.js";
import { type Bars, barsOf, type Cut, flatten, inRange, spanOf } from "./rows.js";
import { basesOf } from "./scales.js";
import { checkColumns, type Source, sourceOf, wrap } from "./source.js";
import { type ChartSpec, specOf } from "./spec.js";
import { type BarStyle, LOG, makerOf } from "./styles.js";
import { FOLLOWING, THEMES, type Theme } from "./theme.js";
import { tslab } from "./tslab.js";

const PNG_OPTIONS: OptionTypes<NonNullable<Parameters<Chart["toPNG"]>[0]>> = {
  scale: [
    "a number from 0 to 10",
    (value) => typeof value === "number" && value > 0 && value <= 10,
  ],
};

/** Representations by MIME type, from which a notebook chooses. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A chart, which can be a picture, a page or a specification. */
export class Chart {
  readonly #source: Source;
  readonly #settings: Settings;
  readonly #cut: Cut;
  readonly #bars = new Map<number, Bars>();

  /** @internal */
  constructor(frame: DataFrame, options: unknown) {
    this.#settings = settingsOf(options);
    this.#source = sourceOf(frame, this.#settings);
    checkStyle(this.#source, this.#settings);
    const found = foundOf(this.#source, this.#settings);
    const maker = makerOf(this.#settings.style);
    const made = maker === undefined ? undefined : written(maker, this.#settings);
    const flat = flatten(this.#source, found, made);
    this.#cut = inRange(flat, this.#source, this.#settings);
    checkPrices(this.#cut, this.#source, this.#settings);
  }

  /** The chart as a Vega-Lite specification, with its data: plain JSON. */
  get spec(): ChartSpec {
    return this.#spec("frontend");
  }

  /** The names of the indicators and columns drawn besides the bars. */
  get indicators(): readonly string[] {
    const series = this.#cut.series.filter(({ compared }) => compared === undefined);
    return [...new Set(series.map(({ group }) => group))];
  }

  /**
   * A picture as SVG.
   *
   * @throws TaError if the packages vega and vega-lite are not installed.
   */
  async toSVG(): Promise<string> {
    return svgOf("toSVG", this.#spec("picture"));
  }

  /**
   * A picture as PNG.
   *
   * @param options `scale`: pixels of the picture per pixel of the chart. Default 2.
   * @throws TaError if the packages vega, vega-lite and @resvg/resvg-js are not installed.
   */
  async toPNG(options: { readonly scale?: number } = {}): Promise<Uint8Array> {
    const { scale = 2 } = checkOptions(CHART, options, PNG_OPTIONS);
    return pngOf(await svgOf("toPNG", this.#spec("picture")), scale);
  }

  /**
   * A page that needs no network and no other file. The reader can zoom with the wheel, move by
   * dragging, read the values of the bar under the pointer, and hide a series by a click on its
   * name.
   *
   * @throws TaError if the packages vega and vega-lite are not installed.
   */
  async toHTML(): Promise<string> {
    const { theme, height } = this.#settings;
    const names = theme === "auto" ? (["light", "dark"] as const) : ([theme] as const);
    const drawings = names.map((name) => this.#drawing("page", THEMES[name]));
    const [first] = drawings as [Drawing];
    const about = { note: note(first), title: this.#source.title, fills: height === undefined };
    return pageOf(drawings, about);
  }

  /**
   * Writes the chart to a file.
   *
   * @param path Ends with `.html`, `.svg`, `.png` or `.json`.
   * @throws TaError if it ends otherwise, or a package is not installed.
   */
  async save(path: string): Promise<void> {
    if (typeof path !== "string") {
      throw new TaError(`${CHART}: save takes the path of a file, got ${describe(path)}`);
    }
    const make = makerFor(path);
    writeFileSync(path, await make(this));
  }

  /**
   * Shows the chart in a tslab notebook. Deno's kernel shows a chart that is the last value of a
   * cell.
   */
  async display(): Promise<void> {
    const kernel = tslab();
    if (kernel === undefined) {
      throw new TaError(
        `${CHART}: display works only in tslab; in other notebooks make the chart the last value of a cell, elsewhere save it`,
      );
    }
    kernel.display.html(await this.toHTML());
  }

  /** For notebooks: interactive in front ends with Vega-Lite, else a picture, else text. */
  async [Symbol.for("Jupyter.display")](): Promise<MimeBundle> {
    const text = { "text/plain": this.toString() };
    try {
      const svg = await this.toSVG();
      return {
        "application/vnd.vegalite.v6+json": this.spec,
        "application/vnd.vegalite.v5+json": this.spec,
        "image/svg+xml": svg,
        ...text,
      };
    } catch (error) {
      if (!(error instanceof TaError)) throw error;
      return { "text/plain": `${text["text/plain"]}\n${error.message}` };
    }
  }

  /** One line that says what the chart shows. */
  toString(): string {
    const { count } = this.#cut;
    const [first, last] = spanOf(this.#cut, this.#source);
    const day = (time: number) => new Date(time).toISOString().slice(0, 10);
    const range = first === null || last === null ? "" : ` from ${day(first)} to ${day(last)}`;
    const { title: named, others } = this.#source;
    const beside =
      others.length > 0 ? ` compared with ${others.map(({ name }) => name).join(", ")}` : "";
    const title = `${named === "" ? "" : ` of ${named}`}${beside}`;
    const names = this.indicators.length > 0 ? `, ${this.indicators.join(", ")}` : "";
    return `Chart${title}: ${count.toLocaleString("en-US")} bars${range}${names}`;
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #spec(mode: Mode): ChartSpec {
    return specOf(this.#drawing(mode), mode);
  }

  #drawing(mode: Mode, theme = this.#theme(mode)): Drawing {
    const { maxBars, width = WIDTH[mode] } = this.#settings;
    const most = maxBars ?? (mode === "picture" ? Math.floor(plotWidth(width) / 2) : MOST[mode]);
    const bars = this.#bars.get(most) ?? barsOf(this.#cut, this.#source, most);
    this.#bars.set(most, bars);
    return drawingOf(bars, this.#source, { ...this.#settings, width }, theme);
  }

  /** The theme of pictures and specifications. */
  #theme(mode: Mode): Theme {
    const { theme } = this.#settings;
    if (theme !== "auto") return THEMES[theme];
    return mode === "frontend" ? FOLLOWING : THEMES.light;
  }
}

const MAKERS: Readonly<Record<string, (chart: Chart) => string | Promise<string | Uint8Array>>> = {
  ".html": (chart) => chart.toHTML(),
  ".svg": (chart) => chart.toSVG(),
  ".png": (chart) => chart.toPNG(),
  ".json": (chart) => JSON.stringify(chart.spec),
};

/** The function that makes a file's content, by the extension of its name. */
export function makerFor(path: string): (chart: Chart) => string | Promise<string | Uint8Array> {
  const make = MAKERS[extname(path).toLowerCase()];
  if (make !== undefined) return make;
  throw new TaError(
    `${CHART}: ${describe(path)} ends with none of ${Object.keys(MAKERS).join(", ")}, so its format is not known`,
  );
}

/**
 * Checks the options against the columns, before the rows are read.
 *
 * @param none A frame with the same columns and no rows.
 */
export function checkChart(none: DataFrame, options: unknown): void {
  const settings = settingsOf(options);
  const columns = checkColumns(none, settings);
  foundOf({ columns, frame: none }, settings);
}

/** The default width. A cell of a notebook is narrower than a window. */
const WIDTH = { picture: 1000, page: 1000, frontend: 800 } as const;

/** Most bars: a page with more moves slowly; a notebook with more becomes a large file. */
const MOST = { page: 4000, frontend: 1500 } as const;

function foundOf(source: Pick<Source, "columns" | "frame">, settings: Settings): Found[] {
  const { columns, frame } = source;
  const all = findAll(columns);
  const typeOf = (expr: NativeExpr) => {
    const types = columnTypes(planOf(frame.lazy().select(wrap(expr))));
    return [...types.values()][0]?.variant ?? "";
  };
  return settings.indicators?.map((one) => asked(one, columns, all, typeOf, settings)) ?? all;
}

function drawingOf(
  bars: Bars,
  source: Source,
  settings: Settings & { readonly width: number },
  theme: Theme,
): Drawing {
  const style = settings.style ?? (hasCandles(source.prices) ? "candles" : "line");
  const candles = isCandles(style);
  const bases = basesOf(bars.rows, comparedIn(bars), 0);
  const panes = panesOf(bars, source, settings, theme);
  const about = {
    candles,
    theme,
    title: headed(titled(source.title, style), bars),
    compared: source.others.length > 0,
  };
  const entries = panes.map((pane) => entriesOf(pane, about));
  const follows = theme === FOLLOWING;
  const log = settings.scale === LOG;
  return {
    bars,
    panes,
    entries,
    theme,
    follows,
    width: settings.width,
    style,
    candles,
    log,
    bases,
  };
}

/** The title; it says if the bars are those that an indicator makes. */
function titled(title: string, style: BarStyle): string {
  const maker = makerOf(style);
  return maker === undefined ? title : `${title} ${entry(maker).display_name}`.trim();
}

/** The title; it says if each bar drawn stands for several. */
function headed(title: string, { each }: { readonly each: number }): string {
  return each > 1 ? `${title} (${each} bars each)`.trim() : title;
}

function note({ bars: { each, count, rows } }: Drawing): string {
  const number = (n: number) => n.toLocaleString("en-US");
  if (each === 1) return `${number(count)} bars`;
  return `${number(count)} bars, drawn as ${number(rows.length)} of ${each} bars each`;
}

export { settingsOf };

/** Draws a frame of bars. */
export const chartOf = (frame: DataFrame, options?: unknown): Chart => new Chart(frame, options);
