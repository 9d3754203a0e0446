import { defineConfig, type TestUserConfig } from "vitest/config";

const shared: Pick<TestUserConfig, "pool" | "testTimeout" | "hookTimeout" | "server"> = {
  // The native addon keeps mappings per process, so every file gets a process of its own.
  pool: "forks",
  testTimeout: 60_000,
  hookTimeout: 60_000,
  server: {
    deps: {
      // Load the built package as Node does for its users, not through the transformer.
      external: [/\/plugin\/dist\//],
    },
  },
};

const long = "tests/**/*.long.test.ts";

export default defineConfig({
  test: {
    // Vitest leaves one core to itself, which is half of two; it does little but wait.
    maxWorkers: "100%",
    projects: [
      // What `npm test` runs, and `npm run test:long`. `npm run vitest` takes files of both.
      { test: { ...shared, name: "short", include: ["tests/**/*.test.ts"], exclude: [long] } },
      {
        test: {
          ...shared,
          name: "long",
          include: [long],
          globalSetup: "tests/support/pack.ts",
        },
      },
    ],
  },
});
