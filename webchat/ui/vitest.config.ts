import { defineConfig } from "vitest/config";
import { preactAliases } from "./vite.shared.ts";

const shared = { restoreMocks: true, unstubGlobals: true } as const;

/** The library's module build: only imports, not requires, can be answered by Preact. */
const testingLibrary = {
  find: /^@testing-library\/react$/,
  replacement: "@testing-library/react/dist/@testing-library/react.esm.js",
};

/** The widget is tested on Preact, as it is built; the pages on React. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: [...preactAliases, testingLibrary] },
        oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
        test: {
          ...shared,
          name: "widget",
          include: ["tests/unit/widget/**/*.test.{ts,tsx}"],
          server: { deps: { inline: ["@testing-library/react"] } },
        },
      },
      {
        test: {
          ...shared,
          name: "pages",
          include: ["tests/unit/{forms,host,schedule,shared}/**/*.test.{ts,tsx}"],
        },
      },
    ],
  },
});
