/** What `compute` does. */

import { computeInWords } from "../files/compute.js";
import { formatOf } from "../files/formats.js";
import { computeAdvice } from "../times/advice.js";
import type { ComputeOptions } from "./compute.js";
import { leaveNothingBehind } from "./interrupted.js";
import { keepOf, pipelineOf } from "./pipelines.js";
import { progressOn } from "./progress.js";
import { asUsage, count, parseBytes } from "./text.js";

/** Runs `compute`. */
export async function compute(files: string[], options: ComputeOptions): Promise<void> {
  const { out, time, timeFormat, sort, memory, quiet } = options;
  const pipeline = pipelineOf(options);
  const keep = keepOf(options.keep);
  asUsage(() => formatOf(out));
  leaveNothingBehind();
  const progress = options.progress ? progressOn(process.stderr) : undefined;
  const wanted = {
    inputs: files,
    pipeline,
    out,
    ...(keep !== undefined && { keep }),
    ...(time !== undefined && { time }),
    ...(timeFormat !== undefined && { timeFormat }),
    ...(sort !== undefined && { sort }),
    ...(memory !== undefined && { memory: parseBytes(memory) }),
    ...(progress && { onProgress: progress.show }),
    ...(!quiet && { onNotice: (notice: string) => console.error(`note: ${notice}`) }),
  };
  const written = await computeInWords(wanted, computeAdvice).finally(() => progress?.end());
  if (quiet) return;
  const { rows, columns, batches } = written;
  const pieces = batches > 1 ? `, in ${count(batches, "piece")}` : "";
  console.log(`${out}: ${count(rows, "row")}, ${count(columns.length, "column")}${pieces}`);
}
