/** The value of an environment variable; undefined where there is no environment, as in a browser. */
export const environment = (name: string): string | undefined =>
  typeof process === "object" ? process.env?.[name] : undefined;
