/** The explanation of the indicators in a polars expression. */

import { addon } from "../addon.js";
import type { CheckedCall } from "../arguments.js";
import { entry } from "../catalog.js";
import { TaError } from "../errors.js";
import { missingPolicies } from "../generated/missing.js";
import { requestOf } from "../placeholder.js";
import type { NativeExpr } from "../polars.js";
import { encode, type Request } from "../request.js";
import { some, type Tree, toTree } from "../tree.js";
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
