import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // The native addon keeps mappings per process, so every file gets a process of its own.
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    server: {
      deps: {
        // Load the built package as Node does for its users, not through the transformer.
        external: [/\/plugin\/dist\//],
      },
    },
  },
});
