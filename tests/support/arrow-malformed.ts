/**
 * Arrow data as no library makes them, and what they would say if they were read without
 * trust: by the test's own reader, which knows the layout and checks every step.
 */

import * as arrow from "apache-arrow";

type Next = () => number;

export const pick = <T>(next: Next, of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;

const whole = (next: Next, below: number): number => Math.floor(next() * below);

/** Any field may be set by hand. */
export type Loose = Record<string, unknown>;

const loose = (value: unknown): Loose => value as Loose;

/** The kinds of columns, with a value for each row. */
export const KINDS: Readonly<Record<string, [() => arrow.DataType, (next: Next) => unknown]>> = {
  Float64: [() => new arrow.Float64(), (next) => 100 + 10 * next()],
  Float32: [() => new arrow.Float32(), (next) => whole(next, 64) / 4],
  Int8: [() => new arrow.Int8(), (next) => whole(next, 100) - 50],
  Int32: [() => new arrow.Int32(), (next) => whole(next, 100)],
  Int64: [() => new arrow.Int64(), (next) => BigInt(whole(next, 100))],
  Uint16: [() => new arrow.Uint16(), (next) => whole(next, 100)],
  Bool: [() => new arrow.Bool(), (next) => next() < 0.5],
  Utf8: [() => new arrow.Utf8(), (next) => pick(next, ["", "a", "bc", "a longer text than most"])],
  LargeUtf8: [() => new arrow.LargeUtf8(), (next) => pick(next, ["", "a", "bc"])],
  Date: [() => new arrow.DateDay(), (next) => new Date(86_400_000 * whole(next, 5))],
  Time: [() => new arrow.TimestampMillisecond(), (next) => new Date(whole(next, 5))],
  Dictionary: [
    () => new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
    (next) => pick(next, ["x", "y", "z"]),
  ],
};

/** A vector in one or more pieces, with a null here and there. */
export function vectorOf(kind: string, next: Next, rows: number): arrow.Vector {
  const [type, value] = KINDS[kind] as (typeof KINDS)[string];
  const nulls = next() < 0.5 ? 0.2 : 0;
  const made = type();
  const piece = (length: number): arrow.Vector =>
    arrow.vectorFromArray(
      Array.from({ length }, () => (next() < nulls ? null : value(next))),
      made,
    );
  const cut = next() < 0.5 ? 1 + whole(next, rows - 1) : rows;
  const pieces = [piece(cut), ...(cut < rows ? [piece(rows - cut)] : [])];
  return new arrow.Vector(pieces.flatMap(({ data }) => data));
}

const BUFFERS = ["values", "nullBitmap", "valueOffsets"];

const ODD_COUNTS = [
  -1,
  -7,
  0,
  1,
  3,
  1.5,
  1e9,
  2 ** 31,
  2 ** 33,
  2 ** 53,
  Number.NaN,
  Infinity,
  "3",
  null,
  undefined,
  {},
  4n,
];

const ODD_ARRAYS: (() => unknown)[] = [
  () => undefined,
  () => null,
  () => [1, 2, 3],
  () => "text",
  () => 7,
  () => ({}),
  () => new ArrayBuffer(64),
  () => new DataView(new ArrayBuffer(64)),
  () => new Float32Array(64),
  () => new Float64Array(64),
  () => new Uint8Array(0),
  () => new Uint8Array(64),
  () => new Int32Array(64),
  () => new BigInt64Array(64),
  () => new Uint32Array(64),
];

function detach(array: unknown): void {
  if (!ArrayBuffer.isView(array)) return;
  const buffer = array.buffer as ArrayBuffer;
  try {
    structuredClone(buffer, { transfer: [buffer] });
  } catch {
    // Some memory cannot be transferred, such as Node's pool of small buffers: it stays whole.
  }
}

const ODD_TYPES: ((own: arrow.DataType) => unknown)[] = [
  () => undefined,
  () => null,
  () => ({}),
  () => new arrow.Float64(),
  () => new arrow.Int32(),
  () => new arrow.Utf8(),
  () => new arrow.Null(),
  () => new arrow.Bool(),
  () => new arrow.Struct([]),
  () => new arrow.Dictionary(new arrow.Int32(), new arrow.Int32()),
  (own) => Object.create(own, { typeId: { value: 3 } }),
  (own) => Object.create(own, { typeId: { value: 2 } }),
  (own) => Object.create(own, { typeId: { value: 5 } }),
  (own) => Object.create(own, { typeId: { value: -1 } }),
  (own) => Object.create(own, { typeId: { value: 99 } }),
  (own) => Object.create(own, { bitWidth: { value: 7 } }),
  (own) => Object.create(own, { precision: { value: 9 } }),
  (own) => {
    const self: Loose = Object.create(own, { typeId: { value: -1 } });
    self.dictionary = self;
    self.indices = self;
    return self;
  },
];

/** Another type; one that was taken away before stays away. */
const oddType = (next: Next, own: unknown): unknown =>
  typeof own === "object" && own !== null ? pick(next, ODD_TYPES)(own as arrow.DataType) : own;

type Mutation = (data: Loose, next: Next) => void;

/** Each makes one thing wrong about a piece of a column, or something that may be. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  truncate(data, next) {
    const name = pick(next, BUFFERS);
    const array = data[name];
    if (!ArrayBuffer.isView(array) || array instanceof DataView || array.byteLength === 0) return;
    const typed = array as Uint8Array;
    data[name] = typed.subarray(0, whole(next, typed.length + 1));
  },
  replace(data, next) {
    data[pick(next, BUFFERS)] = pick(next, ODD_ARRAYS)();
  },
  detach(data, next) {
    detach(data[pick(next, BUFFERS)]);
  },
  length(data, next) {
    data.length = pick(next, ODD_COUNTS);
  },
  shift(data, next) {
    data.length = Number(data.length) + pick(next, [-1, 1]);
  },
  offset(data, next) {
    data.offset = pick(next, ODD_COUNTS);
  },
  nulls(data, next) {
    data._nullCount = pick(next, ODD_COUNTS);
  },
  children(data, next) {
    data.children = pick<unknown>(next, [undefined, null, [data], [undefined], 3]);
  },
  type(data, next) {
    data.type = oddType(next, data.type);
  },
  dictionary(data, next) {
    const other = pick(next, ["Utf8", "Int32", "Dictionary"]);
    const self = arrow.vectorFromArray(["x"], new arrow.Utf8());
    Object.assign(self, { data: [data], type: data.type });
    const short = arrow.vectorFromArray(["x"], new arrow.Utf8());
    data.dictionary = pick<unknown>(next, [
      undefined,
      null,
      {},
      self,
      short,
      vectorOf(other, next, 4),
    ]);
  },
  heaps(data, next) {
    data.variadicBuffers = pick<unknown>(next, [undefined, null, [null], [new Uint8Array(1)], 1]);
  },
  numbers(data, next) {
    const array = data[pick(next, ["values", "valueOffsets"])];
    if (!ArrayBuffer.isView(array) || array.byteLength === 0) return;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    bytes[whole(next, bytes.length)] = whole(next, 256);
  },
};

/** Something wrong about a vector rather than a piece of it. */
export const VECTOR_MUTATIONS: Readonly<Record<string, Mutation>> = {
  data(vector, next) {
    const { data } = vector;
    if (!Array.isArray(data)) return;
    const other = vectorOf(pick(next, Object.keys(KINDS)), next, 5).data;
    vector.data = pick<unknown>(next, [
      undefined,
      null,
      [],
      [null],
      [{}],
      [...data, ...other],
      [...other],
      data.slice(1),
      vector,
    ]);
  },
  vectorLength(vector, next) {
    vector.length = pick(next, ODD_COUNTS);
  },
  vectorType(vector, next) {
    vector.type = oddType(next, vector.type);
  },
};

/** Something wrong about a table; `index` is that of the column which is read. */
export const TABLE_MUTATIONS: Readonly<
  Record<string, (table: Loose, index: number, next: Next) => void>
> = {
  batches(table, _, next) {
    const { batches } = table as unknown as arrow.Table;
    table.batches = pick<unknown>(next, [
      undefined,
      null,
      [],
      [null],
      [{}],
      [...batches, batches[0]],
      5,
    ]);
  },
  children(table, index, next) {
    const batch = (table as unknown as arrow.Table).batches[0];
    const children = [...(batch?.data.children ?? [])];
    const odd = pick<unknown>(next, [
      undefined,
      null,
      {},
      3,
      children[(index + 1) % children.length],
    ]);
    children[index] = odd as never;
    loose(batch?.data).children = pick<unknown>(next, [
      children,
      children.slice(0, index),
      undefined,
      null,
    ]);
  },
  batchLength(table, _, next) {
    loose((table as unknown as arrow.Table).batches[0]?.data).length = pick(next, ODD_COUNTS);
  },
  schema(table, index, next) {
    const { schema } = table as unknown as arrow.Table;
    const fields = [...schema.fields];
    loose(fields[index]).type = oddType(next, fields[index]?.type);
    table.schema = pick<unknown>(next, [
      schema,
      undefined,
      null,
      {},
      { fields: [null] },
      { fields },
      { fields: [] },
    ]);
  },
};

/** A column as it stands there, whatever it is called. */
export interface Standing {
  readonly type: unknown;
  readonly data: unknown;
  readonly length: unknown;
}

export class Unreadable extends Error {}

function demand(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Unreadable(what);
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32 - 1;

/** How the values of a type are laid out: the array, and the one value of a row. */
interface Layout {
  readonly array: string;
  readonly wide: number;
  readonly numeric: boolean;
}

function layoutOf(type: Loose): Layout & { kind: string } {
  const of = (kind: string, array: string, wide: number, numeric = true) => ({
    kind,
    array,
    wide,
    numeric,
  });
  const ints: Record<string, [string, number]> = {
    "8true": ["Int8Array", 1],
    "16true": ["Int16Array", 2],
    "32true": ["Int32Array", 4],
    "64true": ["BigInt64Array", 8],
    "8false": ["Uint8Array", 1],
    "16false": ["Uint16Array", 2],
    "32false": ["Uint32Array", 4],
    "64false": ["BigUint64Array", 8],
  };
  switch (type.typeId) {
    case arrow.Type.Int: {
      const [array, wide] = ints[`${type.bitWidth}${type.isSigned}`] ?? [];
      demand(array !== undefined && wide !== undefined, "no such whole number");
      return of("int", array, wide);
    }
    case arrow.Type.Float:
      if (type.precision === arrow.Precision.DOUBLE) return of("float", "Float64Array", 8);
      demand(type.precision === arrow.Precision.SINGLE, "no such real number");
      return of("float", "Float32Array", 4);
    case arrow.Type.Bool:
      return of("bool", "Uint8Array", 0);
    case arrow.Type.Null:
      return of("null", "", 0);
    case arrow.Type.Utf8:
      return of("text", "Int32Array", 4, false);
    case arrow.Type.LargeUtf8:
      return of("text", "BigInt64Array", 8, false);
    case arrow.Type.Date:
      return type.unit === arrow.DateUnit.DAY
        ? of("int", "Int32Array", 4, false)
        : of("int", "BigInt64Array", 8, false);
    case arrow.Type.Timestamp:
      return of("int", "BigInt64Array", 8, false);
    case arrow.Type.Dictionary: {
      const indices = loose(type.indices);
      demand(indices?.typeId === arrow.Type.Int, "indices are whole numbers");
      return { ...layoutOf(indices), kind: "dictionary", numeric: false };
    }
  }
  throw new Unreadable("another type");
}

const tag = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

function arrayOf(value: unknown, kind: string, elements: number): Uint8Array {
  demand(ArrayBuffer.isView(value) && tag(value) === kind, `a ${kind}`);
  const array = value as Uint8Array;
  demand(array.length >= elements, "long enough");
  return array;
}

/** What stands in each row; throws {@link Unreadable} where nothing certain does. */
export function rowsOf(column: Standing, use: "number" | "group"): (string | null)[] {
  demand(typeof column === "object" && column !== null, "a column");
  const type = loose(column.type);
  demand(typeof type === "object" && type !== null, "a type");
  const layout = layoutOf(type);
  demand(use === "group" || layout.numeric, "numbers");
  demand(Array.isArray(column.data), "a list");
  const rows = (column.data as unknown[]).flatMap((data) => pieceOf(data, type, layout));
  demand(column.length === rows.length, "as many rows");
  return rows;
}

const signature = (type: Loose): string => {
  const { kind, array } = layoutOf(type);
  return kind === "dictionary"
    ? `${kind} ${array} ${signature(loose(type.dictionary))}`
    : `${kind} ${array}`;
};

function pieceOf(
  value: unknown,
  type: Loose,
  { kind, array, wide }: ReturnType<typeof layoutOf>,
): (string | null)[] {
  demand(arrow.Data.isData(value), "data");
  const data = loose(value);
  const { length, offset, _nullCount: nulls, nullBitmap: bits } = data;
  demand(isCount(length) && isCount(offset) && length < 1_000, "counts");
  demand(typeof data.type === "object" && data.type !== null, "a type");
  demand(signature(loose(data.type)) === signature(type), "one type");
  if (kind === "null") return Array(length).fill(null);
  let isValid = (_row: number): boolean => true;
  demand(nulls === undefined || (Number.isInteger(nulls) && (nulls as number) <= length), "nulls");
  const empty =
    bits === undefined || bits === null || (ArrayBuffer.isView(bits) && bits.byteLength === 0);
  const gone =
    ArrayBuffer.isView(bits) && (bits.buffer as ArrayBuffer & { detached: boolean }).detached;
  if (nulls !== 0 && !(empty && !gone && (nulls === undefined || (nulls as number) < 0))) {
    const bytes = arrayOf(bits, "Uint8Array", Math.ceil((offset + length) / 8));
    isValid = (row) => (((bytes[(offset + row) >> 3] as number) >> ((offset + row) % 8)) & 1) === 1;
  }
  const every = (read: (row: number) => string | null) =>
    Array.from({ length }, (_, row) => (isValid(row) ? read(row) : null));
  if (kind === "bool") {
    const bytes = arrayOf(data.values, "Uint8Array", Math.ceil((offset + length) / 8));
    return every((row) =>
      String(((bytes[(offset + row) >> 3] as number) >> ((offset + row) % 8)) & 1),
    );
  }
  if (kind === "text") {
    if (length === 0) return [];
    const offsets = arrayOf(data.valueOffsets, array, length + 1);
    const text =
      data.values === undefined ? new Uint8Array(0) : arrayOf(data.values, "Uint8Array", 0);
    return every((row) => {
      const [start, end] = [Number(offsets[row]), Number(offsets[row + 1])];
      demand(start >= 0 && start <= end && end <= text.length, "within the text");
      return start === end ? "text" : `text ${[...text].slice(start, end).join()}`;
    });
  }
  if (length === 0 && data.values === undefined) return [];
  const values = arrayOf(data.values, array, length);
  demand(wide > 0, "values");
  if (kind !== "dictionary") return every((row) => String(Number(values[row]) + 0));
  const { dictionary } = data;
  demand(arrow.Vector.isVector(dictionary), "a dictionary");
  const own = loose(type.dictionary);
  demand(loose(dictionary.type)?.typeId !== arrow.Type.Dictionary, "plain values");
  demand(signature(loose(dictionary.type)) === signature(own), "the dictionary's type");
  const entries = rowsOf(dictionary as unknown as Standing, "group");
  return every((row) => {
    const index = Number(values[row]);
    demand(index >= 0 && index < entries.length, "within the dictionary");
    return entries[index] as string | null;
  });
}
