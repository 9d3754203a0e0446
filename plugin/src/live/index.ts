/**
 * Live bars: the features of a pipeline bar by bar. A bar goes to the addon as numbers in shared
 * arrays; all arithmetic and all state are there.
 */

import { addon } from "../core/addon.js";
import { describe, isOptions } from "../core/arguments.js";
import { asTaError, TaError } from "../core/errors.js";
import type { PipelineConfig } from "../pipeline/config.js";
import { loadConfig } from "../pipeline/load.js";
import { type Pipeline, pipeline } from "../pipeline/pipeline.js";
import { type Chosen, type StreamOptions, splitConfig, streamOptions } from "./options.js";
import { planOf } from "./plan.js";
import { checkSame } from "./same.js";
import type { Kept } from "./session.js";
import { LiveStream } from "./stream.js";

/** The configuration of `ta.stream`: that of a pipeline, and the options of a stream. */
export interface StreamConfig extends PipelineConfig, StreamOptions {}

declare module "../pipeline/pipeline.js" {
  interface Pipeline {
    /**
     * The same features bar by bar, with the same values: for live use.
     *
     * @throws TaError if an option is unknown, or a feature uses later rows.
     */
    stream(options?: StreamOptions): LiveStream;
  }
}

/** Opens a stream of a pipeline. */
export function streamOf(made: Pipeline, given: unknown): LiveStream {
  const options = streamOptions(given);
  const plan = planOf(made.source, options);
  return new LiveStream(
    plan,
    (numbers, tags) => new addon.Live(plan.program, options.amend, numbers, tags),
  );
}

/** `ta.stream`. */
export function stream(source: StreamConfig | string): LiveStream {
  const config: unknown = typeof source === "string" ? loadConfig(source) : source;
  if (!isOptions(config)) {
    throw new TaError(`stream: the configuration must be an object, got ${describe(config)}`);
  }
  const { pipeline: rest, options } = splitConfig(config);
  return streamOf(pipeline(rest as PipelineConfig), options);
}

interface Header {
  readonly version: string;
  readonly config: string;
  readonly amend: number;
}

/** What a snapshot says about its stream. */
function keptIn(bytes: Uint8Array): { readonly kept: Kept; readonly amend: number } {
  if (!(bytes instanceof Uint8Array)) {
    throw new TaError(`stream: restore takes the bytes of a snapshot, got ${describe(bytes)}`);
  }
  const { config, amend } = JSON.parse(asTaError(() => addon.liveHeader(bytes))) as Header;
  return { kept: JSON.parse(config) as Kept, amend };
}

/** `ta.restore`. */
export function restore(bytes: Uint8Array): LiveStream {
  const { kept, amend } = keptIn(bytes);
  const options = streamOptions({ amend, unknownKeys: kept.unknownKeys });
  return continued(pipeline(kept.pipeline), options, kept, bytes);
}

/**
 * Opens a stream of a pipeline with the state of a snapshot.
 *
 * @throws TaError if the snapshot is of another pipeline.
 */
export function resume(made: Pipeline, given: unknown, bytes: Uint8Array): LiveStream {
  const { kept, amend } = keptIn(bytes);
  const options = streamOptions(given);
  // Without a name the stream goes on with the field that it has found.
  const { time } = made;
  const found = time === undefined ? undefined : (kept.times.name ?? time);
  checkSame(
    { ...pipeline(kept.pipeline).source, time: found, amend },
    { ...made.source, time, amend: options.amend },
  );
  return continued(made, options, kept, bytes);
}

function continued(made: Pipeline, options: Chosen, kept: Kept, bytes: Uint8Array): LiveStream {
  const plan = planOf(made.source, options);
  const live = new LiveStream(
    plan,
    (numbers, tags) => new addon.Live(plan.program, options.amend, numbers, tags, bytes),
  );
  return live.restored(kept);
}

export type { Bar } from "./fields.js";
export type { History } from "./history.js";
export type { Key, KeyValue } from "./keys.js";
export type { ReplaceOptions, StreamOptions } from "./options.js";
export type { LiveColumns, LiveRow, LiveValue } from "./rows.js";
export type { LiveInfo, LiveStream, Newest } from "./stream.js";
