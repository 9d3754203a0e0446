/** Compares the pipeline of a snapshot with the one that shall go on with it. */

import { TaError } from "../core/errors.js";
import { inQuotes, type Said, type Sentence, sentence, setting } from "../core/sentence.js";
import type { PipelineFeature } from "../pipeline/checked.js";
import { programOf } from "./program.js";

/** What is compared of a pipeline, and how many bars can be corrected. */
export interface Compared {
  readonly features: readonly PipelineFeature[];
  readonly over: readonly string[];
  readonly time: string | false | undefined;
  readonly amend: number;
}

/** The options that a state depends on. */
const OPTIONS = ["over", "time", "amend"] as const;

/** Differences that a message shows. */
const SHOWN = 3;

/** Throws unless a snapshot is of a pipeline. */
export function checkSame(theirs: Compared, own: Compared): void {
  const all = [...optionsThatDiffer(theirs, own), ...featuresThatDiffer(theirs, own)];
  if (all.length === 0) return;
  const shown = all.slice(0, SHOWN);
  const others = all.length - shown.length;
  const rest = others > 0 ? `, and ${others} more differences` : "";
  const list = shown.flatMap((each, index) => (index === 0 ? each : [", ", ...each]));
  throw new TaError(
    sentence`stream: the snapshot is of another stream: ${list}${rest}; ask for what it has, or warm up again from bars`,
  );
}

function optionsThatDiffer(theirs: Compared, own: Compared): Sentence[] {
  return OPTIONS.flatMap((name) => {
    const [a, b] = [theirs, own].map((each) => {
      const value: unknown = each[name];
      if (!Array.isArray(value) || value.length > 1) return value;
      return value[0];
    });
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    if (a === undefined) return [sentence`it has no ${setting(name)}`];
    if (b === undefined) return [sentence`it has ${said(name, a)}, which is not given now`];
    return [sentence`it has ${said(name, a)}, not ${said(name, b)}`];
  });
}

function said(name: string, value: unknown): Said {
  if (value === false) return { program: `${name}: false`, shell: `--no-${name}` };
  return setting(name, value);
}

function featuresThatDiffer(theirs: Compared, own: Compared): Sentence[] {
  const [has, asked] = [byName(theirs), byName(own)];
  const lacks = [...asked.keys()].filter((name) => !has.has(name));
  const more = [...has.keys()].filter((name) => !asked.has(name));
  const changed = [...asked].flatMap(([name, feature]) => {
    const before = has.get(name);
    if (before === undefined || programOf([before]).json === programOf([feature]).json) return [];
    return [[`its "${name}" is ${before.text}, not ${feature.text}`]];
  });
  const found = [
    ...(lacks.length > 0 ? [[`it lacks ${inQuotes(lacks)}`]] : []),
    ...(more.length > 0 ? [[`it has ${inQuotes(more)} besides`]] : []),
    ...changed,
  ];
  const inOrder = String([...has.keys()]) === String([...asked.keys()]);
  return found.length > 0 || inOrder ? found : [["its features are in another order"]];
}

const byName = ({ features }: Compared): ReadonlyMap<string, PipelineFeature> =>
  new Map(features.map((feature) => [feature.name, feature]));
