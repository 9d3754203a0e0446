/**
 * Requests, and how one is written into the name of a column. A request that reads others
 * is written as a list: each of them once, those that are read before those that read them.
 * So its size is what was written, however deeply it nests and however often one is used.
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
  /** The inputs that are columns by their usual names, because the call did not say. */
  readonly usual?: readonly number[];
  /** What errors call the inputs. */
  readonly names: readonly string[];
  /** Whether each input is a number or a key. */
  readonly kinds: readonly string[];
  /** Default name of the result column. */
  readonly name: string;
  readonly outputs: readonly { readonly name: string; readonly dtype: string }[];
}

export const MARK = "__ta:";

/** The request as people would write it, e.g. `ta.rsi(close, 14)`. */
export function label(request: Request): string {
  const args = [...request.names, ...Object.values(request.params).map(String)];
  return `ta.${request.id}(${args.join(", ")})`;
}

/** A label as it was, from the name of a column. */
export const labelIn = (name: string): string => name.replaceAll("″", '"').replaceAll("¦", "|");

/** Requests that one may read, itself counted. */
const MOST_REQUESTS = 1_000;

/** Parts of all input expressions of a request and of those that it reads. */
const MOST_PARTS = 50_000;

/**
 * Levels of input expressions inside each other, those of inner requests counted. Walks over
 * a request are as deep, and have to leave most of the stack to others.
 */
const MOST_LEVELS = 1_000;

/** In an input expression, the place of another request by its number in the list. */
const REFERENCE = "__ta";

/** The name of the column that stands for a request. */
export function encode(request: Request): string {
  const list = new List(request.id);
  list.add(request);
  const payload = Buffer.from(list.toString()).toString("base64url");
  // Texts of polars have the name in quotes, and it ends where the payload begins.
  const shown = label(request).replaceAll('"', "″").replaceAll("|", "¦");
  return `${MARK}${shown}|${payload}`;
}

/** The requests of one name, as they are written. */
class List {
  readonly #numbers = new Map<Request, number>();
  readonly #texts = new Map<string, number>();
  readonly #levels: number[] = [];
  #parts = 0;

  /** @param id The indicator that errors begin with. */
  constructor(readonly id: string) {}

  /** The number of a request, which comes after those that it reads. */
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

/** Reads the requests of one expression, each name once. */
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
    `a column has a name that begins with "${MARK}", as .ta expressions do, but what follows is none; rename it, or make the expression anew`,
  );
