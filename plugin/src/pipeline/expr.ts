/** `ta.expr`: one text of the expression language as an expression of polars. */

import type { Expr } from "nodejs-polars";
import { checkOptions } from "../core/options.js";
import { bindText } from "../language/bind.js";
import { lightExpr } from "../polars/light.js";
import { compile } from "./compile.js";
import { EXPR_OPTIONS, type PipelineConfig } from "./config.js";
import { allowedIds, checkLookahead, namedInputs } from "./features.js";

/** Options of `ta.expr`; they mean what they mean in a {@link PipelineConfig}. */
export type ExprOptions = Pick<PipelineConfig, "inputs" | "missing" | "allowLookahead">;

/** An expression of the language as one of polars, named as its column would be. */
export function expr(text: string, options: ExprOptions = {}): Expr {
  const checked = checkOptions("expr", options, EXPR_OPTIONS);
  const { inputs = {}, missing, allowLookahead } = checked;
  const names = { inputs: namedInputs(inputs, missing), missing };
  const { name, meaning } = bindText(text, names);
  checkLookahead(meaning, allowedIds(allowLookahead));
  return lightExpr(compile(meaning).alias(name));
}
