/** The ways in which an evaluation can exchange its data, and what it says that it did. */

import type { DataFrame, Expr } from "nodejs-polars";
import { expect } from "vitest";
import { onEvaluation, type Trace } from "../../plugin/dist/core/trace.js";

export type { Trace };

/** What `TA_EXCHANGE` can be. */
export const FORCED = ["arrays", "memory", "file"] as const;

/** One way to compute: what is forced, if anything, and on which thread. */
export interface Exchange {
  readonly name: string;
  readonly forced: (typeof FORCED)[number] | undefined;
  readonly isAsync: boolean;
}

/** All ways; without `forced` the program chooses. */
export const EXCHANGES: readonly Exchange[] = [...FORCED, undefined].flatMap((forced) =>
  [false, true].map((isAsync) => {
    const name = `${forced ?? "unforced"}, ${isAsync ? "async" : "sync"}`;
    return { name, forced, isAsync };
  }),
);

/** Runs `work` with `TA_EXCHANGE` set, and gives what its evaluations say of themselves. */
export async function traced<T>(
  work: () => T | Promise<T>,
  forced?: string,
): Promise<[made: Awaited<T>, traces: Trace[]]> {
  const traces: Trace[] = [];
  const stop = onEvaluation((trace) => traces.push(trace));
  const before = process.env.TA_EXCHANGE;
  if (forced === undefined) delete process.env.TA_EXCHANGE;
  else process.env.TA_EXCHANGE = forced;
  try {
    return [await work(), traces];
  } finally {
    stop();
    if (before === undefined) delete process.env.TA_EXCHANGE;
    else process.env.TA_EXCHANGE = before;
  }
}

/** Selects in one of the ways. */
export const select = (
  frame: DataFrame,
  exprs: readonly Expr[],
  { forced, isAsync }: Exchange,
): Promise<[DataFrame, Trace[]]> =>
  traced(
    () =>
      isAsync
        ? frame
            .lazy()
            .select(...exprs)
            .collect()
        : frame.select(...exprs),
    forced,
  );

/** What takes each way, where the columns are numbers and the frame is small. */
export const taken = ({ forced }: Exchange): Pick<Trace, "inputs" | "results"> =>
  forced === "memory" || forced === "file"
    ? { inputs: "file", results: "scan" }
    : { inputs: "arrays", results: "bytes" };

/** Checks that every evaluation went this way, and that there was one. */
export function expectTaken(traces: readonly Trace[], wanted: Partial<Trace>): void {
  expect(traces.length).toBeGreaterThan(0);
  for (const trace of traces) expect(trace).toMatchObject(wanted);
}

/** Whether two frames are equal: names, types, nulls and values without any tolerance. */
export function isSame(actual: DataFrame, wanted: DataFrame): boolean {
  const types = (frame: DataFrame) => JSON.stringify([frame.columns, frame.dtypes.map(String)]);
  return types(actual) === types(wanted) && actual.frameEqual(wanted, true);
}
