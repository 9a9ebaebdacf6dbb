import { readdirSync } from "node:fs";
import { defineConfig } from "vite";
import { browsers } from "./vite.shared.ts";

/** Path of the widget built just before, below the folder of chat.js. */
function widgetPath(): string {
  const [hash, ...others] = readdirSync("dist/w");
  if (hash === undefined || others.length > 0) throw new Error("build the widget first");
  return `w/${hash}/widget.mjs`;
}

/** The one script a host page embeds: a launcher that imports the widget by its versioned path. */
export default defineConfig({
  define: { __WIDGET_PATH__: JSON.stringify(widgetPath()) },
  build: {
    target: browsers,
    emptyOutDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: "src/loader/main.ts",
      output: { format: "iife", entryFileNames: "chat.js" },
    },
  },
});
