/**
 * Arrays that can be handed on and not looked into: what polars gives and the addon takes,
 * with JavaScript between them blindfolded.
 */

import { vi } from "vitest";
import { addon } from "../../plugin/dist/core/addon.js";
import { native } from "../../plugin/dist/polars/native.js";

type Method = (...args: unknown[]) => unknown;
type Owner = Record<string, Method>;

const insides = new WeakMap<object, object>();

/** Not a value of it can be read; its length can, and a part of it be taken. */
export function sealed<T extends object>(array: T): T {
  const closed = (what: string) => () => {
    throw new Error(`values are looked into: ${what}`);
  };
  const proxy = new Proxy(array, {
    get(target, key) {
      if (key === "length") return Reflect.get(target, key, target);
      if (key !== "subarray") return closed(String(key))();
      return (from: number, to: number) => sealed((target as Uint8Array).subarray(from, to));
    },
    set: closed("set"),
    has: closed("in"),
    ownKeys: closed("keys"),
    getOwnPropertyDescriptor: closed("property"),
  });
  insides.set(proxy, array);
  return proxy;
}

/** What a sealed array was, and anything else as it is. */
export function opened<T>(value: T): T {
  if (Array.isArray(value)) return value.map(opened) as T;
  const inside = typeof value === "object" && value !== null ? insides.get(value) : undefined;
  return (inside ?? value) as T;
}

/** How often an array crossed in each way. */
export interface Crossings {
  fromPolars: number;
  toAddon: number;
  fromAddon: number;
  toPolars: number;
  /** Put into another array, as a whole. */
  copied: number;
}

const isArray = (value: unknown): value is object => ArrayBuffer.isView(value);

/** Counts what is sealed in a list of arguments or results. */
const count = (values: unknown[]): number =>
  values.flat().filter((value) => isArray(opened(value)) && opened(value) !== value).length;

/**
 * Until mocks are restored: seals all arrays that polars and the addon give, and opens them
 * where they are given to the other.
 */
export function sealArrays(): Crossings {
  const crossings: Crossings = { fromPolars: 0, toAddon: 0, fromAddon: 0, toPolars: 0, copied: 0 };
  const replace = (owner: object, name: string, make: (original: Method) => Method) => {
    const original = (owner as Owner)[name] as Method;
    vi.spyOn(owner as Owner, name).mockImplementation(make(original));
  };
  const { prototype: series } = native.JsSeries as { prototype: object };
  replace(
    series,
    "toTypedArray",
    (original) =>
      function (this: unknown) {
        crossings.fromPolars += 1;
        return sealed(original.call(this) as object);
      },
  );
  replace(
    Object.getPrototypeOf(Uint32Array.prototype),
    "set",
    (original) =>
      function (this: unknown, source, at) {
        crossings.copied += count([source]);
        return original.call(this, opened(source), at);
      },
  );
  for (const [owner, names] of [
    [addon.Evaluation, ["takeArrays", "groupByRuns", "groupByFirstRow"]],
    [addon.Direct, ["runInto"]],
  ] as const) {
    for (const name of names) {
      replace(
        owner.prototype,
        name,
        (original) =>
          function (this: unknown, ...args: unknown[]) {
            crossings.toAddon += count(args);
            const made = original.apply(this, args.map(opened));
            if (!Array.isArray(made)) return made;
            crossings.fromAddon += made.length;
            return made.map(sealed);
          },
      );
    }
  }
  for (const [owner, name] of [
    [addon.Memory.prototype, "buffer"],
    [addon, "borrowNumbers"],
  ] as const) {
    replace(
      owner,
      name,
      (original) =>
        function (this: unknown, ...args: unknown[]) {
          const made = original.apply(this, args);
          if (!isArray(made)) return made;
          crossings.fromAddon += 1;
          return sealed(made);
        },
    );
  }
  replace(native, "readIpc", (original) => (file, options) => {
    crossings.toPolars += count([file]);
    return original(opened(file), options);
  });
  return crossings;
}
