/** `chart`: bars and indicators of files as a page or a picture. */

import { type Command, Option } from "commander";
import { columnsOption, FILES, type InputFlags, inputOptions } from "../options.js";

/** Options of `chart`. */
export interface ChartCommandOptions extends InputFlags {
  readonly out: string;
  readonly outFormat?: string;
  readonly indicators?: string;
  readonly columns?: string;
  readonly symbol?: string;
  readonly by?: string;
  readonly time?: string;
  readonly timeFormat?: string;
  readonly sort?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly style?: "candles" | "line";
  readonly theme?: "light" | "dark";
  readonly title?: string;
}

/** Adds the command. */
export function addChart(program: Command): void {
  const command = program
    .command("chart")
    .description("draw bars in files, with indicators")
    .argument("<files...>", FILES)
    .requiredOption("--out <file>", "where the chart goes: .html, .svg, .png, .json, or -")
    .option("--out-format <format>", "what the chart is on standard output; html when not given")
    .option("--indicators <list>", "expressions with commas between them")
    .addOption(columnsOption)
    .option("--symbol <name>", "whose bars are drawn, if the files have those of several")
    .option("--by <column>", "the column that tells symbols apart")
    .option("--time <column>", "the column with the times")
    .option(
      "--time-format <pattern>",
      "how times are written, such as %d/%m/%Y; default told from all",
    )
    .option("--sort", "sort by symbol and time first")
    .option("--from <time>", "the first bar drawn")
    .option("--to <time>", "the last bar drawn")
    .option("--last <count>", "how many bars are drawn, counted from the last")
    .addOption(new Option("--style <style>", "how bars are drawn").choices(["candles", "line"]))
    .addOption(new Option("--theme <theme>", "colours").choices(["light", "dark"]))
    .option("--title <text>", "what the chart is headed with");
  for (const option of inputOptions) command.addOption(option);
  command.action(async (files: string[], options: ChartCommandOptions) => {
    const { drawChart } = await import("../run/chart.js");
    await drawChart(files, options);
  });
}
