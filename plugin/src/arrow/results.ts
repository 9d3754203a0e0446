/** Makes vectors over the memory that the kernels wrote. Nothing is copied. */

import type { Data, DataType, Vector } from "apache-arrow";
import type { CheckedCall } from "../core/arguments.js";
import { arrow } from "./peer.js";

/** Reads the arrays in one memory, in order. */
export class Results {
  readonly #memory: Uint8Array;
  readonly #places: readonly number[];
  readonly #rows: number;
  #next = 0;

  constructor(memory: Uint8Array, places: readonly number[], rows: number) {
    this.#memory = memory;
    this.#places = places;
    this.#rows = rows;
  }

  /** Whether all arrays have been read. */
  get isRead(): boolean {
    return this.#next >= this.#places.length;
  }

  /** The result of the next call: a vector, of structs if the call has several outputs. */
  vector({ outputs }: CheckedCall): Vector {
    const [first] = outputs;
    if (first && outputs.length === 1) return new arrow.Vector([this.#array(typeOf(first.dtype))]);
    const fields = outputs.map(({ name, dtype }) => new arrow.Field(name, typeOf(dtype), true));
    const own = this.#place();
    const children = fields.map(({ type }) => this.#array(type));
    const type = new arrow.Struct(fields);
    const length = this.#rows;
    return new arrow.Vector([dataOf({ type, length, children, ...this.#validity(own) })]);
  }

  #array(type: DataType): Data {
    const place = this.#place();
    const data = this.#memory.subarray(place.values, place.values + this.#bytes(type));
    return dataOf({ type, length: this.#rows, data, ...this.#validity(place) });
  }

  #validity({ validity, nulls }: Place) {
    if (nulls === 0) return { nullCount: 0 };
    const nullBitmap = this.#memory.subarray(validity, validity + this.#bytes(bool));
    return { nullCount: nulls, nullBitmap };
  }

  #bytes(type: DataType): number {
    const bytes = this.#rows * (TYPE_BYTES.get(type) ?? 8);
    return Math.ceil(bytes);
  }

  #place(): Place {
    const [validity = 0, values = 0, nulls = 0] = this.#places.slice(this.#next, this.#next + 3);
    this.#next += 3;
    return { validity, values, nulls };
  }
}

/** TypeScript cannot choose the overload of `makeData`: it depends on the class of the type. */
const dataOf = (props: Readonly<Record<string, unknown>>): Data => arrow.makeData(props as never);

/** The position of an array in its memory. */
interface Place {
  readonly validity: number;
  readonly values: number;
  readonly nulls: number;
}

type DType = CheckedCall["outputs"][number]["dtype"];

const bool = new arrow.Bool();
const TYPES: Readonly<Record<DType, DataType>> = {
  Float64: new arrow.Float64(),
  Int32: new arrow.Int32(),
  Boolean: bool,
};

/** Bytes per row; 8 for other types. */
const TYPE_BYTES = new Map<DataType, number>([
  [bool, 1 / 8],
  [TYPES.Int32, 4],
]);

const typeOf = (dtype: DType): DataType => TYPES[dtype];
