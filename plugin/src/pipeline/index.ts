/** The functions of pipelines that `ta` has. */

export { expr } from "./expr.js";
export { pipeline, setOpener } from "./pipeline.js";
