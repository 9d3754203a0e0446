// Generates the JSON Schema of pipelines from the types of their configuration, or checks it.
import { join } from "node:path";
import { writeGenerated } from "./generated.mjs";
import { root } from "./process.mjs";

const types = "plugin/src/pipeline/config.ts";
const schema = "plugin/schema/pipeline_v1.schema.json";

/** @returns {Promise<string>} */
export async function pipelineSchema() {
  // Imported here, because it is missing before the packages are installed.
  const { createGenerator } = await import("ts-json-schema-generator");
  const made = createGenerator({
    path: join(root, types),
    tsconfig: join(root, "tsconfig.json"),
    type: "PipelineConfig",
    topRef: false,
    expose: "all",
    // Other checks report type errors.
    skipTypeCheck: true,
  }).createSchema("PipelineConfig");
  const { $schema: _, definitions, ...pipeline } = made;
  const whole = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Pipeline of nodejs-polars-ta",
    ...pipeline,
    $defs: definitions,
  };
  return `${JSON.stringify(whole, null, 2).replaceAll("#/definitions/", "#/$defs/")}\n`;
}

/**
 * Writes the schema; with `check`, only checks that it matches the types.
 *
 * @param {{ check: boolean }} options
 * @returns {Promise<number>} an exit code
 */
export async function generateSchema({ check }) {
  return writeGenerated(schema, types, await pipelineSchema(), check);
}
