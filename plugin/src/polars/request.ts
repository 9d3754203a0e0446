/**
 * Requests, and how the name of a column encodes one. The encoding is a list in which each request
 * that the request reads stands once, before those that read it. Its size grows with what the user
 * wrote, not with nesting or repeated use.
 */

import { TaError } from "../core/errors.js";
import type { Missing } from "../generated/options.js";
import { isLiteral } from "./ast.js";
import { Placeholder, parse, replace, requestOf, type Tree } from "./walk.js";

/** Everything needed to compute one indicator. */
export interface Request {
  readonly id: string;
  /** All parameters, checked and complete. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly missing?: Missing;
  /** Input expressions, in the order of the indicator's input slots. */
  readonly inputs: readonly Tree[];
  /** Indices of inputs that the call did not name: they read their usual columns. */
  readonly usual?: readonly number[];
  /** Names of the inputs in error messages. */
  readonly names: readonly string[];
  /** Whether each input is a number or a key. */
  readonly kinds: readonly string[];
  /** Default name of the result column. */
  readonly name: string;
  readonly outputs: readonly { readonly name: string; readonly dtype: string }[];
}

export const MARK = "__ta:";

/** A readable form of the request: `ta.rsi(close, 14)`. */
export function label(request: Request): string {
  const args = [...request.names, ...Object.values(request.params).map(String)];
  return `ta.${request.id}(${args.join(", ")})`;
}

/** The original label, from the label in a column name. */
export const labelIn = (name: string): string => name.replaceAll("″", '"').replaceAll("¦", "|");

/** Most requests in one name, the outer one included. */
const MOST_REQUESTS = 1_000;

/** Most nodes of all input expressions in one name. */
const MOST_PARTS = 50_000;

/**
 * Most levels of nested input expressions, those of inner requests included. Functions recurse to
 * this depth and must leave most of the stack to their callers.
 */
const MOST_LEVELS = 1_000;

/**
 * The key of a reference in an input expression: its value is the index of a request in the list.
 */
const REFERENCE = "__ta";

/** The name of the column that stands for a request. */
export function encode(request: Request): string {
  const list = new List(request.id);
  list.add(request);
  const payload = Buffer.from(list.toString()).toString("base64url");
  // Polars prints the name in quotes, and the label ends at the last `|`: so neither may be in it.
  const shown = label(request).replaceAll('"', "″").replaceAll("|", "¦");
  return `${MARK}${shown}|${payload}`;
}

/** The list of requests in one name. */
class List {
  readonly #numbers = new Map<Request, number>();
  readonly #texts = new Map<string, number>();
  readonly #levels: number[] = [];
  #parts = 0;

  /** @param id The indicator that error messages begin with. */
  constructor(readonly id: string) {}

  /** Adds a request after those that it reads, and returns its index. */
  add(request: Request): number {
    const known = this.#numbers.get(request);
    if (known !== undefined) return known;
    let levels = 0;
    const inputs = request.inputs.map((tree) => {
      const [written, deep] = this.#write(tree);
      levels = Math.max(levels, deep);
      return written;
    });
    if (levels > MOST_LEVELS) throw tooDeep(this.id);
    const text = JSON.stringify({ ...request, inputs });
    const number = this.#texts.get(text) ?? this.#texts.size;
    if (number === MOST_REQUESTS) throw tooMany(this.id);
    this.#texts.set(text, number);
    this.#levels[number] = levels;
    this.#numbers.set(request, number);
    return number;
  }

  toString(): string {
    return `[${[...this.#texts.keys()].join()}]`;
  }

  #write(tree: Tree): [Tree, number] {
    let inner = 0;
    const written = replace(tree, (node) => {
      this.#parts += 1;
      if (this.#parts > MOST_PARTS) throw tooLarge(this.id);
      const request = requestOf(node);
      if (!request) return undefined;
      const number = this.add(request);
      inner = Math.max(inner, this.#levels[number] ?? 0);
      return { [REFERENCE]: number };
    });
    return [written, inner + levelsOf(written)];
  }
}

function levelsOf(tree: Tree): number {
  if (typeof tree !== "object" || tree === null) return 0;
  if (isLiteral(tree)) return 1;
  return 1 + Math.max(0, ...Object.values(tree).map(levelsOf));
}

const advice = "compute a part of it in a column first";

const tooDeep = (id: string): TaError =>
  new TaError(
    `${id}: the expression has too many indicators and operators inside each other; ${advice}`,
  );

const tooMany = (id: string): TaError =>
  new TaError(`${id}: the expression has more than ${MOST_REQUESTS} indicators in it; ${advice}`);

const tooLarge = (id: string): TaError =>
  new TaError(`${id}: the expression has more than ${MOST_PARTS} parts; ${advice}`);

/** Decodes the placeholder names of one expression, each name once. */
export class Reader {
  readonly #known = new Map<string, Request>();

  read(name: string): Request {
    const known = this.#known.get(name);
    if (known) return known;
    const request = decode(name);
    this.#known.set(name, request);
    return request;
  }
}

/** The request behind a column's name. */
function decode(name: string): Request {
  const payload = name.slice(name.lastIndexOf("|") + 1);
  const requests: Request[] = [];
  const levels: number[] = [];
  for (const written of listOf(payload)) {
    let most = 0;
    const inputs = written.inputs.map((tree) => {
      let inner = 0;
      const read = replace(tree, (node) => {
        const number = (node as Record<string, Tree>)[REFERENCE];
        if (number === undefined) return undefined;
        const request = typeof number === "number" ? requests[number] : undefined;
        if (!request) throw damaged();
        inner = Math.max(inner, levels[number as number] ?? 0);
        return new Placeholder(request);
      });
      most = Math.max(most, inner + levelsOf(tree));
      return read;
    });
    if (most > MOST_LEVELS) throw tooDeep(written.id);
    levels.push(most);
    requests.push({ ...written, inputs });
  }
  const last = requests.at(-1);
  if (!last) throw damaged();
  return last;
}

function listOf(payload: string): readonly Request[] {
  let list: unknown;
  try {
    list = parse(Buffer.from(payload, "base64url").toString());
  } catch {
    throw damaged();
  }
  if (!Array.isArray(list) || !list.every(isRequest)) throw damaged();
  return list;
}

const LISTS = ["inputs", "names", "kinds", "outputs"] as const;

function isRequest(value: unknown): value is Request {
  const request = value as Partial<Request> | null;
  return typeof request?.id === "string" && LISTS.every((name) => Array.isArray(request[name]));
}

const damaged = (): TaError =>
  new TaError(
    `a column has a name that begins with "${MARK}", as .ta expressions do, but what follows is not one; rename it, or make the expression anew`,
  );
