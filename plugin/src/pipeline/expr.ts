/** `ta.expr`: compiles a text of the expression language to a polars expression. */

import type { Expr } from "nodejs-polars";
import { checkOptions } from "../core/options.js";
import { bindText } from "../language/bind.js";
import { lightExpr } from "../polars/light.js";
import { compile } from "./compile.js";
import { EXPR_OPTIONS, type PipelineConfig } from "./config.js";

/** Options of `ta.expr`, with the same meaning as in a {@link PipelineConfig}. */
export type ExprOptions = Pick<PipelineConfig, "inputs" | "missing" | "allowLookahead">;

/** Compiles a text to a polars expression with the name that a feature would get. */
export function expr(text: string, options: ExprOptions = {}): Expr {
  const checked = checkOptions("expr", options, EXPR_OPTIONS);
  const { inputs = {}, missing, allowLookahead = [] } = checked;
  const { name, meaning } = bindText(text, { inputs, missing, allow: allowLookahead });
  const made = compile(meaning);
  // An indicator already has its name.
  const named = meaning.kind === "call" && meaning.checked.name === name;
  return lightExpr(named ? made : made.alias(name));
}
