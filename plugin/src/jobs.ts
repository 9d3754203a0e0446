/** What has to be computed for the expressions of one context, and in which order. */

import { TaError } from "./errors.js";
import { isPlaceholder, requestOf } from "./placeholder.js";
import type { Request } from "./request.js";
import { alias, column, columnName, replace, some, type Tree } from "./tree.js";

/** A request found in a context, with its inputs free of placeholders. */
export interface Job {
  readonly request: Request;
  readonly inputs: readonly Tree[];
  /** The keys of the groups it is computed within; null for the whole frame. */
  readonly partition: readonly Tree[] | null;
  /** The column that will hold its result. */
  readonly hidden: string;
  /** 0 when its inputs need no other job's result, else one more than they do. */
  readonly level: number;
}

/** Polars' `over`. */
export interface Over {
  readonly function: Tree;
  readonly partition_by: readonly Tree[];
  readonly order_by: Tree;
  readonly mapping: Tree;
}

/** Places where a column computed beforehand would not mean the same. */
const NOT_INSIDE: Record<string, string> = {
  Eval: "a list evaluation (pl.element())",
  StructEval: "a struct evaluation",
  Rolling: "a rolling window",
};

/** The jobs of one context, equal ones once. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();
  /** The level of each job, by its hidden column. */
  readonly #levels = new Map<string, number>();
  /** Hidden columns of requests that have been met, by partition. */
  readonly #met = new Map<Request, Map<string, string>>();

  constructor(readonly hiddenName: (request: Request) => string) {}

  all(): Job[] {
    return [...this.#jobs.values()];
  }

  /** Jobs by level: each needs only results of levels before it. */
  levels(): Job[][] {
    const levels: Job[][] = [];
    for (const job of this.all()) {
      const level = levels[job.level] ?? [];
      level.push(job);
      levels[job.level] = level;
    }
    return levels;
  }

  /** Replaces placeholders by hidden columns, noting the jobs that fill those. */
  rewrite(tree: Tree, partition: readonly Tree[] | null): Tree {
    return replace(tree, (node) => {
      const request = requestOf(node);
      if (request) return column(this.#plan(request, partition));
      const [kind = "", inner = null] = Object.entries(node as Record<string, Tree>)[0] ?? [];
      if (kind === "Over") return this.#rewriteOver(inner as unknown as Over, partition);
      if (kind === "KeepName" && some(inner, isPlaceholder)) {
        return alias(this.rewrite(inner, partition), rootName(inner));
      }
      const place = NOT_INSIDE[kind];
      if (place && some(inner, isPlaceholder)) {
        throw new TaError(
          `a .ta expression cannot be computed inside ${place}; compute it in a column first`,
        );
      }
      return undefined;
    });
  }

  /** An `over` inside of groups, or of another `over`, cuts those into smaller ones. */
  #rewriteOver(over: Over, partition: readonly Tree[] | null): Tree | undefined {
    if (!some(over.function, isPlaceholder)) return undefined;
    if (over.order_by !== null) {
      throw new TaError("a .ta expression cannot be computed over an order; sort the frame first");
    }
    const keys = over.partition_by.map((key) => this.rewrite(key, partition));
    const inner = this.rewrite(over.function, union(partition ?? [], keys));
    // The hidden column is computed within the groups already.
    if (isRenamedPlaceholder(over.function)) return inner;
    return { Over: { ...over, function: inner, partition_by: keys } };
  }

  /** The hidden column of a request, which is gone through once. */
  #plan(request: Request, partition: readonly Tree[] | null): string {
    const met = this.#met.get(request) ?? new Map<string, string>();
    this.#met.set(request, met);
    const key = JSON.stringify(partition);
    const hidden = met.get(key) ?? this.#note(request, partition);
    met.set(key, hidden);
    return hidden;
  }

  /** Notes the job for a request, unless there is an equal one. */
  #note(request: Request, partition: readonly Tree[] | null): string {
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

  /** One level above the jobs whose results are read. */
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

/** All keys, equal ones once: expressions are in the same groups whatever their keys' order. */
function union(outer: readonly Tree[], inner: readonly Tree[]): Tree[] {
  const keys = new Map([...outer, ...inner].map((key) => [JSON.stringify(key), key]));
  return [...keys.values()];
}

function isRenamedPlaceholder(tree: Tree): boolean {
  const renamed = (tree as { Alias?: [Tree, string] }).Alias;
  return renamed ? isRenamedPlaceholder(renamed[0]) : isPlaceholder(tree);
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
