import { addon } from "./addon.js";
import { ids } from "./generated/ids.js";

/** One parameter of an indicator. */
export interface IndicatorParamMeta {
  readonly name: string;
  readonly kind: "int" | "float" | "enum" | "bool";
  readonly default: number | string | boolean;
  readonly min?: number;
  readonly max?: number;
  readonly enum_values?: readonly string[];
  readonly required: boolean;
  readonly description: string;
}

/** One output of an indicator: a column, or a field of its struct column. */
export interface IndicatorOutputMeta {
  readonly name: string;
  readonly kind: "line" | "histogram" | "band" | "signal" | "pattern";
  readonly role: string;
  readonly dtype: "Float64" | "Int32" | "Boolean";
  readonly scale_group: string;
  readonly bounds?: readonly [number, number];
  /** Values worth a reference line, in ascending order. */
  readonly levels?: readonly number[];
  /** True where rows past the warm-up may have no value: what it speaks of has not happened. */
  readonly sparse?: true;
  readonly display_shift: number;
  readonly description: string;
}

/** One input of an indicator, and the column it reads when nothing is given. */
export interface InputSlot {
  readonly name: string;
  readonly default?: string;
  /** `key` for values that only tell rows apart, such as sessions. */
  readonly kind: "number" | "key";
}

/** An indicator as the Rust catalog describes it. */
export interface IndicatorMeta {
  readonly id: string;
  readonly display_name: string;
  readonly category: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly param_aliases: readonly { readonly alias: string; readonly name: string }[];
  readonly params: readonly IndicatorParamMeta[];
  readonly outputs: readonly IndicatorOutputMeta[];
  readonly semantics: {
    readonly required_fields: readonly string[];
    readonly optional_fields: readonly string[];
    readonly input_slots: readonly InputSlot[];
    readonly primary_input: string;
    readonly lookback_params: readonly string[];
    readonly default_lookback: number;
    readonly warmup_policy: string;
    readonly memory: "window" | "recursive" | "cumulative";
    readonly lookahead: number;
    readonly complexity: string;
    readonly incremental: boolean;
  };
  readonly visual: {
    readonly pane: "overlay" | "separate" | "volume";
    readonly scale_group: string;
    readonly plots: readonly {
      readonly output: string;
      readonly primitive: "line" | "histogram" | "band_edge" | "step" | "marker";
      readonly style_slot: string;
      /** Where the output goes when it cannot be with the indicator. */
      readonly pane?: "separate";
    }[];
  };
  readonly reference: {
    readonly library: string;
    readonly function?: string;
    readonly params?: readonly string[];
    readonly outputs?: readonly string[];
    readonly source: string;
  };
  readonly runtime_binding: { readonly module: string; readonly kernel: string };
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) freeze(inner);
    Object.freeze(value);
  }
  return value;
}

const entries = new Map<string, IndicatorMeta>();

/** The entry of an id. It is read when it is first asked for: a program needs few of them. */
export function entry(id: string): IndicatorMeta {
  const known = entries.get(id);
  if (known) return known;
  const made = freeze(JSON.parse(addon.entry(id) as string) as IndicatorMeta);
  entries.set(id, made);
  return made;
}

let all: readonly IndicatorMeta[] | undefined;

/** Every indicator, ordered by category and id. */
export function catalog(): readonly IndicatorMeta[] {
  all ??= Object.freeze(ids.map(entry));
  return all;
}

/** The indicator behind an id or alias, or `undefined`. */
export function find(name: string): IndicatorMeta | undefined {
  const id = addon.find(String(name));
  return id === null ? undefined : entry(id);
}
