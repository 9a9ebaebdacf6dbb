import { defineConfig } from "vite";
import { browsers, preactAliases } from "./vite.shared.ts";

/** The chat itself, loaded by the loader when it is needed; React code compiled against Preact. */
export default defineConfig({
  resolve: { alias: preactAliases },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: browsers,
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: "src/widget/main.tsx",
      preserveEntrySignatures: "strict",
      output: { format: "es", entryFileNames: "w/[hash]/widget.mjs", codeSplitting: false },
    },
  },
});
