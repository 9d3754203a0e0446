/** Executes `compute`. */

import { computeFiles, formatTo } from "../../files/compute.js";
import type { FormatName } from "../../files/formats.js";
import { checkComputing } from "../../files/options.js";
import { isPath } from "../../files/whole.js";
import type { ComputeOptions } from "../commands/compute.js";
import { keepOf, pipelineOf } from "../features.js";
import { inputsOf, targetOf } from "../inputs.js";
import { cleanUpWhenInterrupted } from "../interrupted.js";
import { timesOf } from "../options.js";
import { progressOn } from "../progress.js";
import { asUsage, count, parseBytes } from "../text.js";

/** Runs `compute`. */
export async function compute(files: string[], options: ComputeOptions): Promise<void> {
  const { time, timeFormat, sort, memory, quiet } = options;
  const pipeline = pipelineOf(options);
  const keep = keepOf(options.keep);
  const out = targetOf(options.out);
  const outFormat = options.outFormat as FormatName | undefined;
  asUsage(() => formatTo(out, outFormat));
  const inputs = asUsage(() => inputsOf(files, options));
  const bytes = memory === undefined ? undefined : parseBytes(memory);
  cleanUpWhenInterrupted();
  const progress = options.progress ? progressOn(process.stderr) : undefined;
  const wanted = {
    ...inputs,
    pipeline,
    out,
    ...(outFormat !== undefined && { outFormat }),
    ...(keep !== undefined && { keep }),
    ...(time !== undefined && { time: time === false ? time : timesOf(time) }),
    ...(timeFormat !== undefined && { timeFormat }),
    ...(sort !== undefined && { sort }),
    ...(bytes !== undefined && { memory: bytes }),
    ...(progress && { onProgress: progress.show }),
    ...(!quiet && { onNotice: (notice: string) => console.error(`note: ${notice}`) }),
  };
  asUsage(() => checkComputing(wanted));
  const written = await computeFiles(wanted).finally(() => progress?.end());
  if (quiet) return;
  const { rows, columns, batches } = written;
  const pieces = batches > 1 ? `, in ${count(batches, "piece")}` : "";
  const summary = `${count(rows, "row")}, ${count(columns.length, "column")}${pieces}`;
  // Nothing but the rows may go to standard output.
  if (isPath(out)) console.log(`${out}: ${summary}`);
  else console.error(`standard output: ${summary}`);
}
