/** What `compute` does. */

import { computeFiles } from "../files/index.js";
import { discardUnfinished } from "../files/whole.js";
import type { ComputeOptions } from "./compute.js";
import { keepOf, pipelineOf } from "./pipelines.js";
import { showProgress } from "./progress.js";
import { count, EXIT, parseBytes } from "./text.js";

/** Runs `compute`. */
export async function compute(files: string[], options: ComputeOptions): Promise<void> {
  const { out, time, sort, memory, quiet } = options;
  const pipeline = pipelineOf(options);
  const keep = keepOf(options.keep);
  if (options.trace) process.env.TA_TRACE = "1";
  leaveNothingBehind();
  const began = performance.now();
  const written = await computeFiles({
    inputs: files,
    pipeline,
    out,
    ...(keep !== undefined && { keep }),
    ...(time !== undefined && { time }),
    ...(sort !== undefined && { sort }),
    ...(memory !== undefined && { memory: parseBytes(memory) }),
    ...(options.progress && { onProgress: showProgress(process.stderr) }),
    ...(!quiet && { onNotice: (notice: string) => console.error(`note: ${notice}`) }),
  });
  if (quiet) return;
  const { rows, columns, batches } = written;
  const pieces = batches > 1 ? `, in ${count(batches, "piece")}` : "";
  const seconds = ((performance.now() - began) / 1e3).toFixed(1);
  console.log(
    `${out}: ${count(rows, "row")}, ${count(columns.length, "column")}${pieces}, ${seconds} s`,
  );
}

/** An interrupted run takes its unfinished files with it. */
function leaveNothingBehind(): void {
  const end = (code: number) => () => {
    discardUnfinished();
    process.exit(code);
  };
  process.once("SIGINT", end(EXIT.interrupted));
  process.once("SIGTERM", end(EXIT.terminated));
}
