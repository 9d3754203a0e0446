/**
 * Turns features in the expression language into nodes. Over Arrow the language has calls, their
 * outputs, columns and numbers, but no operators.
 */

import { refuseLookahead } from "../core/arguments.js";
import type { InputSlot } from "../core/catalog.js";
import type { TaError } from "../core/errors.js";
import { about, columnText } from "../language/ask.js";
import { bindText } from "../language/bind.js";
import type { Meaning } from "../language/meaning.js";
import { known } from "./calls.js";
import { levelOf, type Node, type NodeInput, type UsualInputs } from "./nodes.js";
import type { Subject } from "./subject.js";

/** The object by which a caller can allow look-ahead. */
const objectOf = (id: string): string => `{ id: "${id}", params: { allowLookahead: true } }`;

/** The name and node of a text such as `rsi(14) as fast`. */
export function fromText(
  text: string,
  subject: Subject,
  columns: UsualInputs,
): { name: string; node: Node } {
  const inputs = Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [
      name,
      typeof value === "number" ? value : columnText(value),
    ]),
  );
  const { name, meaning } = bindText(text, { inputs });
  return { name, node: nodeOf(meaning) };

  function nodeOf(meaning: Meaning): Node {
    if (meaning.kind === "field") return { ...nodeOf(meaning.of), field: meaning.name };
    if (meaning.kind !== "call") throw refusal(meaning);
    const { meta, checked, missing } = meaning;
    refuseLookahead(checked, `${objectOf(meta.id)} in the place of the text`);
    const slots = meta.semantics.input_slots;
    const inputs = meaning.inputs.map((input, index) =>
      input.kind === "column" && input.usual
        ? subject.usual(slots[index] as InputSlot, meta.id)
        : inputOf(input, meta.id),
    );
    return { meta, call: checked, missing, inputs, field: undefined, level: levelOf(inputs) };
  }

  function inputOf(meaning: Meaning, caller: string): NodeInput {
    if (meaning.kind === "column") return subject.column(meaning.name, caller);
    if (meaning.kind !== "constant") return nodeOf(meaning);
    if (typeof meaning.value === "number") return meaning.value;
    throw refusal(meaning);
  }

  function refusal(meaning: Meaning): TaError {
    // For an unknown bare word, `known` throws an error with the nearest names.
    const isWord = meaning.kind === "column" && !subject.names.includes(meaning.name);
    if (isWord) known(meaning.name, "compute");
    const what =
      "op" in meaning
        ? `"${meaning.op}" is not computed over Arrow tables; use a pipeline over polars`
        : `compute takes indicators, not a ${meaning.kind}`;
    return about(text, what);
  }
}
