/** What `ta` has of pipelines and their language. */

export { expr } from "./expr.js";
export { pipeline } from "./pipeline.js";
