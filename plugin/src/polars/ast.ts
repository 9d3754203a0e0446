/**
 * The nodes of polars' serialized expressions. Only this module contains their names: other modules
 * make and recognize nodes with its functions.
 */

import type { Tree } from "./walk.js";

/** An `over`. */
export interface Over {
  readonly function: Tree;
  readonly partition_by: readonly Tree[];
  readonly order_by: Tree;
  readonly mapping: Tree;
}

/** A call of one of polars' functions. */
export interface Call {
  readonly input: readonly Tree[];
  readonly function: Tree;
}

interface Cast {
  readonly expr: Tree;
  readonly dtype: Tree;
  readonly options: Tree;
}

interface Binary {
  readonly left: Tree;
  readonly op: Tree;
  readonly right: Tree;
}

/** The content of each kind of node. A node has one key, the name of its kind. */
interface Nodes {
  readonly Alias: readonly [expr: Tree, name: string];
  readonly BinaryExpr: Binary;
  readonly Cast: Cast;
  readonly Column: string;
  readonly Eval: Tree;
  readonly Function: Call;
  readonly KeepName: Tree;
  readonly Literal: Tree;
  readonly Over: Over;
  readonly Rolling: Tree;
  readonly Selector: Tree;
  readonly SortBy: Tree;
  readonly StructEval: Tree;
  readonly SubPlan: Tree;
}

type Kind = keyof Nodes;

const KINDS: Readonly<Record<Kind, true>> = {
  Alias: true,
  BinaryExpr: true,
  Cast: true,
  Column: true,
  Eval: true,
  Function: true,
  KeepName: true,
  Literal: true,
  Over: true,
  Rolling: true,
  Selector: true,
  SortBy: true,
  StructEval: true,
  SubPlan: true,
};

/** The kinds of nodes that this module knows. */
export const kinds: readonly string[] = Object.keys(KINDS);

const make = <K extends Kind>(kind: K, inner: Nodes[K]): Tree => ({ [kind]: inner as Tree });

/** The content of a node of a kind; undefined for other nodes. */
function inside<K extends Kind>(tree: Tree, kind: K): Nodes[K] | undefined {
  if (typeof tree !== "object" || tree === null || Array.isArray(tree)) return undefined;
  // No part of a node has the name of a kind.
  return Object.hasOwn(tree, kind)
    ? ((tree as { readonly [K in Kind]?: unknown })[kind] as Nodes[K])
    : undefined;
}

// Columns and names

export const column = (name: string): Tree => make("Column", name);

/** The name of a column; undefined if the tree is anything else. */
export const columnName = (tree: Tree): string | undefined => inside(tree, "Column");

export const alias = (tree: Tree, name: string): Tree => make("Alias", [tree, name]);

/** The expression in an alias, and the name. */
export function renamed(tree: Tree): { readonly expr: Tree; readonly name: string } | undefined {
  const found = inside(tree, "Alias");
  return found && { expr: found[0], name: found[1] };
}

/** An expression without aliases around it. */
export function unnamed(tree: Tree): Tree {
  const found = renamed(tree);
  return found ? unnamed(found.expr) : tree;
}

/** The expression in a `keepName`. */
export const keptName = (tree: Tree): Tree | undefined => inside(tree, "KeepName");

/** The name of an expression's result, if its tree shows it: that of its leftmost leaf. */
export function outputName(tree: Tree): string | undefined {
  const name = columnName(tree) ?? renamed(tree)?.name;
  if (name !== undefined) return name;
  const next = leftmost(tree);
  return next === undefined ? undefined : outputName(next);
}

/** The part of a node that gives it its name. */
function leftmost(tree: Tree): Tree | undefined {
  const call = inside(tree, "Function");
  // A field of a struct has its own name.
  if (call) return familyOf(call.function) === STRUCT ? undefined : call.input[0];
  return (
    inside(tree, "BinaryExpr")?.left ?? inside(tree, "Cast")?.expr ?? inside(tree, "Over")?.function
  );
}

/** A call of a function in a library that polars loads, over whole columns. */
export const pluginCall = ({
  input,
  ...plugin
}: {
  readonly input: readonly Tree[];
  readonly lib: string;
  readonly symbol: string;
  readonly kwargs: readonly number[];
}): Tree =>
  make("Function", {
    input,
    function: {
      FfiPlugin: {
        flags: { check_lengths: true, flags: "LENGTH_PRESERVING" },
        is_deterministic: true,
        ...plugin,
      },
    },
  });

// Selections

/** Whether a node is a selection of columns. */
export const isSelection = (tree: Tree): boolean => inside(tree, "Selector") !== undefined;

/** A selection of columns by name. Each must exist. */
export const selection = (names: readonly string[]): Tree =>
  make("Selector", { ByName: { names, strict: true } });

/** Whether a node may read columns that it does not name. */
export const readsUnnamed = (tree: Tree): boolean =>
  isSelection(tree) || inside(tree, "SubPlan") !== undefined;

// Groups, and other nodes that compute over rows of their own

/** An expression computed within groups, whose rows keep their positions. */
export const within = (inner: Tree, keys: readonly Tree[]): Tree =>
  over({ function: inner, partition_by: keys, order_by: null, mapping: IN_PLACE });

const IN_PLACE = "GroupsToRows";

export const over = (parts: Over): Tree => make("Over", parts);

/** Whether a node sorts an expression by others. */
export const isSorted = (tree: Tree): boolean => inside(tree, "SortBy") !== undefined;

export const overOf = (tree: Tree): Over | undefined => inside(tree, "Over");

/**
 * Whether an `over` is one that {@link within} makes: rows keep their positions, and it has no
 * order.
 */
export const isWithin = ({ order_by, mapping }: Over): boolean =>
  order_by === null && mapping === IN_PLACE;

const OWN_ROWS = {
  Eval: "a list evaluation (pl.element())",
  StructEval: "a struct evaluation",
  Rolling: "a rolling window",
} as const;

/**
 * The name in messages of a node that computes its content over other rows than the frame's;
 * undefined for other nodes.
 */
export function ownRows(tree: Tree): string | undefined {
  const kinds = Object.keys(OWN_ROWS) as (keyof typeof OWN_ROWS)[];
  const kind = kinds.find((kind) => inside(tree, kind) !== undefined);
  return kind && OWN_ROWS[kind];
}

// Functions

const STRUCT = "StructExpr";

/**
 * The first part of a function's name. A function is a name, or a family with a function in it.
 */
function familyOf(name: Tree): string {
  if (typeof name !== "object" || name === null) return `${name}`;
  return Object.keys(name)[0] ?? "";
}

/** The full name of a function: `StringExpr.ConcatHorizontal`. */
function pathOf(name: Tree): string {
  const family = familyOf(name);
  if (typeof name !== "object" || name === null) return family;
  return `${family}.${pathOf((name as Record<string, Tree>)[family] ?? null)}`;
}

/** Functions with any number of inputs: the columns of a selection become inputs of one call. */
const TAKE_SELECTIONS =
  /^(\w+\.)?(\w+Horizontal|AsStruct|Coalesce|WithFields)(\.|$)|^(List|Array)Expr\.Concat$/;

/** A call of a function whose inputs may be selections of several columns. */
export function callOverSelections(tree: Tree): Call | undefined {
  const call = inside(tree, "Function");
  return call && TAKE_SELECTIONS.test(pathOf(call.function)) ? call : undefined;
}

/** A call with other inputs. */
export const withInputs = (call: Call, input: readonly Tree[]): Tree =>
  make("Function", { ...call, input });

/** A field of a struct by its name. */
export function fieldOf(tree: Tree): { readonly of: Tree; readonly name: string } | undefined {
  const call = inside(tree, "Function");
  const name = (call?.function as { [STRUCT]?: { FieldByName?: string } } | null)?.[STRUCT]
    ?.FieldByName;
  return name === undefined ? undefined : { of: call?.input[0] ?? null, name };
}

const call =
  (name: Tree) =>
  (...input: Tree[]): Tree =>
    make("Function", { input, function: name });

const zone = (name: string | undefined): Tree => (name === undefined ? null : { inner: name });

export const power = call({ Pow: "Generic" });
export const stripChars = call({ StringExpr: "StripChars" });
export const truncateTime = call({ TemporalExpr: "Truncate" });
export const offsetTime = call({ TemporalExpr: "OffsetBy" });

/** Times shown in a time zone. */
export const inTimeZone = (time: Tree, name: string): Tree =>
  call({ TemporalExpr: { ConvertTimeZone: zone(name) } })(time);

/** Local times of a zone, without the zone. */
export const withoutTimeZone = (time: Tree): Tree =>
  call({ TemporalExpr: { ReplaceTimeZone: [zone(undefined), "Raise"] } })(time, text("raise"));

/** The type of a parsed text: a Date, or a Datetime with a unit and perhaps a zone. */
export type TimeType =
  | "Date"
  | { readonly unit: "Microseconds" | "Nanoseconds"; readonly zone: string | undefined };

/** Parses texts with a pattern that must match the whole text; null where it does not. */
export function parseTime(texts: Tree, type: TimeType, format: string): Tree {
  const dtype: Tree = type === "Date" ? type : { Datetime: [type.unit, zone(type.zone)] };
  const options = { format, strict: false, exact: true, cache: false };
  // What polars does with ambiguous local times; these times have no zone yet.
  const ambiguous = text("raise");
  return call({ StringExpr: { Strptime: [plainType(dtype), options] } })(texts, ambiguous);
}

/** Whether two values differ; two nulls are equal. */
export const differ = (left: Tree, right: Tree): Tree =>
  make("BinaryExpr", { left, op: "NotEqValidity", right });

// Literals

export const isLiteral = (tree: Tree): boolean => inside(tree, "Literal") !== undefined;

const text = (value: string): Tree => make("Literal", { Scalar: { String: value } });

/** A fixed type, where polars also allows one that depends on columns. */
const plainType = (dtype: Tree): Tree => ({ Literal: dtype });

/**
 * Matches the floating-point literals in the JSON of an expression; the group is the number's text.
 */
export const FLOATS = /\{"Literal":\{"Scalar":\{"Float64":([^}]+)\}\}\}/g;

/** A number that polars parses from its text, which is exact where JSON is not. */
export const floatFromText = (digits: string): Tree =>
  make("Cast", { expr: text(digits), dtype: plainType("Float64"), options: "Strict" });

/**
 * The NaN and infinite literals of an expression, in the order of its JSON, which writes them as
 * null.
 */
export function nonFinite(value: unknown): number[] {
  if (typeof value !== "object" || value === null) return [];
  const literal = (value as { Literal?: { Scalar?: { Float64?: unknown } } }).Literal;
  const number = literal?.Scalar?.Float64;
  if (typeof number === "number") return Number.isFinite(number) ? [] : [number];
  return Object.values(value).flatMap(nonFinite);
}
