/** `chart`: draws bars and indicators of files as a page or a picture. */

import { type Command, Option } from "commander";
import { BAR_STYLES, type BarStyle, PRICE_SCALES, type PriceScale } from "../../chart/styles.js";
import { columnsOption, FILES, type InputFlags, inputOptions, timeOption } from "../options.js";

/** Options of `chart`. */
export interface ChartCommandOptions extends InputFlags {
  readonly out: string;
  readonly outFormat?: string;
  readonly indicators?: string;
  readonly columns?: string;
  readonly symbol?: string;
  readonly compare?: string;
  readonly by?: string;
  readonly time?: string;
  readonly timeFormat?: string;
  readonly sort?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly style?: BarStyle;
  readonly scale?: PriceScale;
  readonly theme?: "auto" | "light" | "dark";
  readonly title?: string;
}

/** Adds the command. */
export function addChart(program: Command): void {
  const command = program
    .command("chart")
    .description("draw bars in files, with indicators")
    .argument("<files...>", FILES)
    .requiredOption(
      "--out <file>",
      "the file to write: .html, .svg, .png, .json, or - for standard output",
    )
    .option("--out-format <format>", "format of the chart on standard output; default html")
    .option("--indicators <list>", "expressions, separated by commas")
    .addOption(columnsOption)
    .option("--symbol <name>", "the symbol to draw, if the files have several")
    .option("--compare <list>", "other symbols to draw in percent, separated by commas")
    .option("--by <column>", "the column of the symbols")
    .addOption(timeOption)
    .option(
      "--time-format <pattern>",
      "how times are written, such as %d/%m/%Y; default: found from all values",
    )
    .option("--sort", "sort by symbol and time first")
    .option("--from <time>", "the first bar to draw")
    .option("--to <time>", "the last bar to draw")
    .option("--last <count>", "draw only this many bars, the latest")
    .addOption(new Option("--style <style>", "how to draw bars").choices(BAR_STYLES))
    .addOption(new Option("--scale <scale>", "the axis of the prices").choices(PRICE_SCALES))
    .addOption(new Option("--theme <theme>", "colours").choices(["auto", "light", "dark"]))
    .option("--title <text>", "the title of the chart");
  for (const option of inputOptions) command.addOption(option);
  command.action(async (files: string[], options: ChartCommandOptions) => {
    const { drawChart } = await import("../run/chart.js");
    await drawChart(files, options);
  });
}
