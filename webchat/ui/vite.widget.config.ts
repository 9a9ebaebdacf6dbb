import { defineConfig } from "vite";
import { browsers, preactAliases } from "./vite.shared.ts";

/**
 * The chat itself, loaded by the loader when it is needed; React code compiled against Preact. What few
 * people use (the month, speech) is fetched when somebody does, and takes its libraries from the chat.
 */
export default defineConfig({
  base: "./",
  resolve: { alias: preactAliases },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: browsers,
    emptyOutDir: true,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: "src/widget/main.tsx",
      preserveEntrySignatures: "allow-extension",
      output: {
        format: "es",
        entryFileNames: "w/[hash]/widget.mjs",
        chunkFileNames: "assets/chat-[name]-[hash].js",
      },
    },
  },
});
