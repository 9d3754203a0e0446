/** The functions of pipelines that `ta` has. */

export { expr } from "./expr.js";
export { Pipeline, pipeline } from "./pipeline.js";
