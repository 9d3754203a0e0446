/** What streams are made of, and what their copies share. */

import { addon } from "../core/addon.js";
import { asTaError } from "../core/errors.js";
import type { PipelineFeature } from "../pipeline/checked.js";
import type { PipelineConfig } from "../pipeline/config.js";
import { type FieldKind, Fields } from "./fields.js";
import type { Chosen } from "./options.js";
import { programOf } from "./program.js";
import { type Feature, Rows } from "./rows.js";

/** What a stream is made of. */
export interface Source {
  /** The configuration of the pipeline. */
  readonly config: PipelineConfig;
  /** The same without defaults, for snapshots. */
  readonly written: PipelineConfig;
  readonly features: readonly PipelineFeature[];
  readonly over: readonly string[];
}

/** The parts of a stream that its copies share. */
export interface Plan {
  readonly source: Source;
  readonly options: Chosen;
  readonly program: string;
  readonly rows: Rows;
  readonly fields: Fields;
}

/** The plan of a stream. */
export function planOf(source: Source, options: Chosen): Plan {
  const { json, fields, plain } = programOf(source.features);
  const described = JSON.parse(asTaError(() => addon.liveProgram(json))) as {
    fields: { kind: FieldKind }[];
    features: Feature[];
  };
  const kinds = described.fields.map(({ kind }) => kind);
  return {
    source,
    options,
    program: json,
    fields: new Fields(fields, kinds),
    rows: new Rows(
      described.features.map((feature, index) => ({ ...feature, field: plain[index] })),
      fields.length,
    ),
  };
}
