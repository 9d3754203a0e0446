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
import { type StreamOptions, splitConfig, streamOptions } from "./options.js";
import { type Kept, LiveStream, planOf } from "./stream.js";

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

/** `ta.restore`. */
export function restore(bytes: Uint8Array): LiveStream {
  if (!(bytes instanceof Uint8Array)) {
    throw new TaError(`stream: restore takes the bytes of a snapshot, got ${describe(bytes)}`);
  }
  const header = JSON.parse(asTaError(() => addon.liveHeader(bytes))) as Header;
  const kept = JSON.parse(header.config) as Kept;
  const made = pipeline(kept.pipeline);
  const options = streamOptions({ amend: header.amend, unknownKeys: kept.unknownKeys });
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
export type { LiveInfo, LiveStream } from "./stream.js";
