import { createRequire } from "node:module";
import { TaError } from "./errors.js";

/** What the Rust addon offers. Plans, parameters and metadata cross as JSON text. */
export interface Addon {
  catalog(): string;
  find(name: string): string | null;
  resolve(name: string, params: string, missing?: string, also?: string[]): string;
  Exchange: new (backing?: string) => Exchange;
}

/** The files of one evaluation; see `crates/ta-node/src/exchange.rs`. */
export interface Exchange {
  readonly inputPath: string;
  computeSync(plan: string): string;
  compute(plan: string): Promise<string>;
  close(): void;
}

function load(): Addon {
  const file = `../native/ta-node.${process.platform}-${process.arch}.node`;
  try {
    return createRequire(import.meta.url)(file) as Addon;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new TaError(
      `nodejs-polars-ta has no usable native addon for ${process.platform}-${process.arch}: ${cause}`,
    );
  }
}

export const addon: Addon = load();
