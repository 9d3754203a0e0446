/** Reports what each evaluation did and how long its parts took. */

import { environment } from "./environment.js";

/** One evaluation of a plan. */
export interface Trace {
  /** Number of indicators computed; equal ones count once. */
  readonly indicators: number;
  readonly rows: number;
  /** How the kernels got the inputs: as arrays, through an Arrow file, or as Arrow columns. */
  readonly inputs: "arrays" | "file" | "columns";
  /**
   * How the caller got the results: as bytes that polars reads, as a file that it scans, or as
   * vectors.
   */
  readonly results: "bytes" | "scan" | "vectors";
  /**
   * How the groups of each partition were found: from runs of equal keys, row by row, or from key
   * columns in the addon.
   */
  readonly groups: readonly ("runs" | "rows" | "keys")[];
  readonly rounds: number;
  /** Milliseconds of each part. The names of parts within the addon begin with `ta `. */
  readonly times: readonly (readonly [part: string, milliseconds: number])[];
  /** The address at which the kernels read each Arrow column. */
  readonly addresses?: readonly number[];
}

type Listener = (trace: Trace) => void;

const listeners = new Set<Listener>();

/** Calls `listener` after each evaluation, until the returned function is called. */
export function onEvaluation(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Measures the parts of one evaluation. */
export class Stopwatch {
  readonly #times: [string, number][] = [];
  #last = performance.now();

  /** Adds the time since the last call to `part`. */
  lap(part: string): void {
    const now = performance.now();
    this.add(part, now - this.#last);
    this.#last = now;
  }

  add(part: string, milliseconds: number): void {
    const known = this.#times.find(([name]) => name === part);
    if (known) known[1] += milliseconds;
    else this.#times.push([part, milliseconds]);
  }

  get times(): Trace["times"] {
    return this.#times;
  }
}

export function report(trace: Trace): void {
  for (const listener of listeners) listener(trace);
}

/** A trace in one line. */
export function describeTrace(trace: Trace): string {
  const { indicators, rows, inputs, results, groups, rounds, times } = trace;
  const milliseconds = (ms: number) => `${ms.toFixed(2)} ms`;
  const parts = times.map(([part, ms]) => `${part} ${milliseconds(ms)}`).join(", ");
  const own = times.filter(([part]) => !part.startsWith("ta "));
  const all = milliseconds(own.reduce((sum, [, ms]) => sum + ms, 0));
  const by = groups.length > 0 ? `, groups by ${[...new Set(groups)].join(" and ")}` : "";
  return `ta: ${indicators} over ${rows} rows in ${all} (inputs as ${inputs}, results as ${results}, rounds: ${rounds}${by}): ${parts}`;
}

if (environment("TA_TRACE") === "1") {
  onEvaluation((trace) => process.stderr.write(`${describeTrace(trace)}\n`));
}
