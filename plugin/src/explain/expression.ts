/** Explains the indicators in a polars expression. */

import { addon } from "../core/addon.js";
import type { CheckedCall } from "../core/arguments.js";
import { entry } from "../core/catalog.js";
import { TaError } from "../core/errors.js";
import { missingPolicies } from "../generated/options.js";
import { requestOf } from "../lazy/placeholder.js";
import type { NativeExpr } from "../polars/native.js";
import { encode, type Request } from "../polars/request.js";
import { some, type Tree, toTree } from "../polars/tree.js";
import { Explanation, Explanations } from "./explanation.js";

/** Explains every `.ta` call in an expression, each after those that it reads. */
export function explainExpr(expr: NativeExpr): Explanations {
  const found = new Map<string, Request>();
  collect(toTree(expr), found, new Set());
  if (found.size === 0) {
    throw new TaError("ta.explain: the expression has no .ta indicator in it");
  }
  return new Explanations([...found.values()].map(explanation));
}

function collect(tree: Tree, found: Map<string, Request>, seen: Set<Request>): void {
  some(tree, (node) => {
    const request = requestOf(node);
    if (request && !seen.has(request)) {
      seen.add(request);
      for (const input of request.inputs) collect(input, found, seen);
      found.set(encode(request), request);
    }
    return false;
  });
}

function explanation(request: Request): Explanation {
  const { id, params, missing = missingPolicies[0], names } = request;
  const meta = entry(id);
  const call = JSON.parse(addon.resolve(id, JSON.stringify(params), missing)) as CheckedCall;
  const inputs = Object.fromEntries(
    meta.semantics.input_slots.map(({ name }, index) => [name, names[index] ?? ""]),
  );
  return new Explanation({ meta, call, inputs, missing });
}
