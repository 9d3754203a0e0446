/** Collects what has to be computed for the expressions of one context, and in which order. */

import { TaError } from "../core/errors.js";
import type { Job } from "../exchange/job.js";
import {
  alias,
  column,
  columnName,
  keptName,
  type Over,
  over,
  overOf,
  ownRows,
  unnamed,
} from "../polars/ast.js";
import type { Request } from "../polars/request.js";
import { replace, some, type Tree } from "../polars/tree.js";
import { isPlaceholder, requestOf } from "./placeholder.js";

/** The jobs of one context. Equal requests share a job. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  /** The level of each job, by its hidden column. */
  readonly #levels = new Map<string, number>();
  /** The hidden columns of requests, by partition. */
  readonly #columns = new Map<Request, Map<string, string>>();

  constructor(readonly hiddenName: (request: Request) => string) {}

  all(): Job[] {
    return [...this.#jobs.values()];
  }

  /** Jobs by level. A job needs only results of lower levels. */
  levels(): Job[][] {
    const levels: Job[][] = [];
    for (const job of this.all()) {
      const level = levels[job.level] ?? [];
      level.push(job);
      levels[job.level] = level;
    }
    return levels;
  }

  /** Replaces placeholders by hidden columns, and adds the jobs that fill these. */
  rewrite(tree: Tree, partition: readonly Tree[] | null): Tree {
    return replace(tree, (node) => {
      const request = requestOf(node);
      if (request) return column(this.#plan(request, partition));
      const groups = overOf(node);
      if (groups) return this.#rewriteOver(groups, partition);
      const kept = keptName(node);
      if (kept !== undefined && some(kept, isPlaceholder)) {
        return alias(this.rewrite(kept, partition), rootName(kept));
      }
      const place = ownRows(node);
      // A column that is computed first would mean something else there.
      if (place !== undefined && some(node, isPlaceholder)) {
        throw new TaError(
          `a .ta expression cannot be computed inside ${place}; compute it in a column first`,
        );
      }
      return undefined;
    });
  }

  /** An `over` inside groups, or inside another `over`, divides them further. */
  #rewriteOver(groups: Over, partition: readonly Tree[] | null): Tree | undefined {
    if (!some(groups.function, isPlaceholder)) return undefined;
    if (groups.order_by !== null) {
      throw new TaError("a .ta expression cannot be computed over an order; sort the frame first");
    }
    const keys = groups.partition_by.map((key) => this.rewrite(key, partition));
    const inner = this.rewrite(groups.function, union(partition ?? [], keys));
    // The hidden column is computed within the groups already.
    if (isPlaceholder(unnamed(groups.function))) return inner;
    return over({ ...groups, function: inner, partition_by: keys });
  }

  /** The hidden column of a request. Each request is rewritten once per partition. */
  #plan(request: Request, partition: readonly Tree[] | null): string {
    const columns = this.#columns.get(request) ?? new Map<string, string>();
    this.#columns.set(request, columns);
    const key = JSON.stringify(partition);
    const hidden = columns.get(key) ?? this.#addJob(request, partition);
    columns.set(key, hidden);
    return hidden;
  }

  /** Adds a job for a request, unless there is an equal one. */
  #addJob(request: Request, partition: readonly Tree[] | null): string {
    const inputs = request.inputs.map((input) => this.rewrite(input, partition));
    const { id, params, missing } = request;
    const key = JSON.stringify([id, params, missing, inputs, partition]);
    const known = this.#jobs.get(key);
    if (known) return known.hidden;
    const level = this.#levelOf([...inputs, ...(partition ?? [])]);
    const hidden = this.hiddenName(request);
    this.#jobs.set(key, { request, inputs, partition, hidden, level });
    this.#levels.set(hidden, level);
    return hidden;
  }

  /** One level above the jobs whose results the expressions read. */
  #levelOf(reads: readonly Tree[]): number {
    let level = 0;
    for (const tree of reads) {
      replace(tree, (node) => {
        const below = this.#levels.get(columnName(node) ?? "");
        if (below !== undefined) level = Math.max(level, below + 1);
        return undefined;
      });
    }
    return level;
  }
}

/** All keys, equal ones once. The order of keys makes no difference to groups. */
function union(outer: readonly Tree[], inner: readonly Tree[]): Tree[] {
  const keys = new Map([...outer, ...inner].map((key) => [JSON.stringify(key), key]));
  return [...keys.values()];
}

/** The name of the first column that an expression reads. */
function rootName(tree: Tree): string {
  let name: string | undefined;
  replace(tree, (node) => {
    const request = requestOf(node);
    name ??= request ? rootName(request.inputs[0] ?? null) : columnName(node);
    return name === undefined ? undefined : node;
  });
  return name ?? "";
}
