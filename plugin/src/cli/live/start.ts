/** What the command begins with: the pipeline, and a stream of it with the bars so far. */

import { TaError } from "../../core/errors.js";
import { explainFailure } from "../../files/failure.js";
import type { Source } from "../../files/sources.js";
import { sortedByTime, withTimes } from "../../files/times.js";
import { withFiles } from "../../files/unpack.js";
import { type LiveStream, resume, type StreamOptions, streamOf } from "../../live/index.js";
import { splitConfig, streamOptions } from "../../live/options.js";
import type { PipelineConfig } from "../../pipeline/config.js";
import { type Pipeline, pipeline } from "../../pipeline/pipeline.js";
import { filesAdvice } from "../../times/advice.js";
import type { LiveCommandOptions } from "../commands/live.js";
import { configOf, keepOf } from "../features.js";
import type { inputsOf } from "../inputs.js";
import { asUsage, flagNumber, UsageError } from "../text.js";
import type { TakeOptions } from "./bars.js";
import { inLive } from "./words.js";

/** What the options ask for. */
export interface Asked extends TakeOptions {
  readonly pipeline: Pipeline;
  readonly options: StreamOptions;
  /** A stream without bars. */
  readonly stream: LiveStream;
}

/** Reads the options. A configuration may also have those of streams. */
export const askedIn = (options: LiveCommandOptions): Asked => asUsage(() => read(options));

function read(options: LiveCommandOptions): Asked {
  const { time, timeFormat, amend, unknownKeys } = options;
  const split = splitConfig({
    ...configOf(options),
    ...(time !== undefined && { time }),
    ...(timeFormat !== undefined && { timeFormat }),
    ...(amend !== undefined && { amend: flagNumber(amend) }),
    ...(unknownKeys !== undefined && { unknownKeys }),
  });
  const made = pipeline(split.pipeline as PipelineConfig);
  const chosen = streamOptions(split.options);
  const replace = options.replace === true || amend !== undefined || chosen.amend > 0;
  if (replace && made.time === false) {
    throw new UsageError("--replace finds the bar to replace by its time; leave out --no-time");
  }
  const keep = keepOf(options.keep) ?? made.source.config.keep;
  const stream = streamOf(made, chosen);
  return { pipeline: made, options: chosen, stream, replace, keep };
}

/** A stream with the state in a file. */
export function restored({ pipeline: made, options }: Asked, bytes: Uint8Array, path: string) {
  try {
    return resume(made, options, bytes);
  } catch (error) {
    throw new TaError(`"${path}" is refused: ${inLive(error)}; without the file, live begins anew`);
  }
}

/** Takes the bars of files. */
export async function warmUp(
  { pipeline: made, stream }: Asked,
  files: ReturnType<typeof inputsOf>,
  sort: boolean | undefined,
): Promise<void> {
  const { over, time, timeFormat } = made;
  const wanted = { what: "live", advice: filesAdvice, over, time, timeFormat };
  const numbers = (names: readonly string[]) => made.inputsIn(names);
  const take = async (source: Source) => {
    const timed = await withTimes(source, wanted);
    try {
      stream.warm(sort ? sortedByTime(timed, wanted) : timed.plan);
    } catch (error) {
      throw await explainFailure(source, numbers([...source.schema.keys()]), error);
    }
  };
  await withFiles(files, { numbers, keys: () => over }, take);
}
