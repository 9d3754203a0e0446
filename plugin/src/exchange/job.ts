/** One indicator to compute over columns of a frame. */

import type { Request } from "../polars/request.js";
import type { Tree } from "../polars/walk.js";

/** A request found in a context, with its inputs free of placeholders. */
export interface Job {
  readonly request: Request;
  readonly inputs: readonly Tree[];
  /** The keys of the groups; null for the whole frame. */
  readonly partition: readonly Tree[] | null;
  /** The column that will hold its result. */
  readonly hidden: string;
  /**
   * 0 if its inputs need no other job's result, else one more than the highest level they need.
   */
  readonly level: number;
}
