/**
 * A `.ta` expression is a native column whose name carries the whole request. There is
 * no registry: such an expression can be cloned, serialized and rebuilt anywhere.
 */

import { type NativeExpr, native } from "./polars.js";
import { columnName, type Tree } from "./tree.js";

/** Everything needed to compute one indicator. */
export interface Request {
  readonly id: string;
  /** All parameters, checked and complete. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly missing?: string;
  /** Input expressions, in the order of the indicator's input slots. */
  readonly inputs: readonly Tree[];
  /** What errors call the inputs. */
  readonly names: readonly string[];
  /** Whether each input is a number or a key. */
  readonly kinds: readonly string[];
  /** Default name of the result column. */
  readonly name: string;
  readonly outputs: readonly { readonly name: string; readonly dtype: string }[];
}

const MARK = "__ta:";

/** The request as people would write it, e.g. `ta.rsi(close, 14)`. */
export function label(request: Request): string {
  const args = [...request.names, ...Object.values(request.params).map(String)];
  return `ta.${request.id}(${args.join(", ")})`;
}

/** The name of the column that stands for a request. */
export function encode(request: Request): string {
  const payload = Buffer.from(JSON.stringify(request)).toString("base64url");
  return `${MARK}${label(request)}|${payload}`;
}

/** The native column that stands for a request, under its default name. */
export function placeholder(request: Request): NativeExpr {
  return native.col(encode(request)).alias(request.name);
}

/** The request a node stands for, if it is a placeholder. */
export function requestOf(node: Tree): Request | undefined {
  const name = columnName(node);
  if (!name?.startsWith(MARK)) return undefined;
  const payload = name.slice(name.lastIndexOf("|") + 1);
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Request;
}

export const isPlaceholder = (node: Tree): boolean => requestOf(node) !== undefined;

type Text = ((this: NativeExpr) => string) & { plain?: (this: NativeExpr) => string };

const printed: Text = native.JsExpr.prototype.toString as Text;

/** An expression as polars prints it, also where {@link readably} has been there before. */
const plain = printed.plain ?? printed;

/** Prints expressions as polars does, with the placeholders in them written as people would. */
export const readably: Text = Object.assign(
  {
    toString(this: NativeExpr): string {
      const text = plain.call(this);
      return text.includes(MARK) ? readable(text) : text;
    },
  }.toString,
  { plain },
);

/** A cheap test whether a native value is an expression with a placeholder inside. */
export function hasPlaceholder(value: unknown): boolean {
  return value instanceof (native.JsExpr as unknown as new () => NativeExpr)
    ? plain.call(value).includes(MARK)
    : Array.isArray(value) && value.some(hasPlaceholder);
}

/** Text with placeholders written as people would. */
export function readable(text: string): string {
  return text
    .replaceAll(/col\("__ta:(.*?)\|[\w-]+"\)/gs, "$1")
    .replaceAll(/__ta:([^|"]*)\|[\w-]*/g, "$1");
}
