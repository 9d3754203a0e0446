// technicalindicators: arrays in, arrays of numbers or records out.
import library from "technicalindicators";
import { compatible } from "./compatible.mjs";

export const input = "arrays";
export const { call, columns, because } = compatible(library);
