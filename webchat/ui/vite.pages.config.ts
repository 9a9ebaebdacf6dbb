import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { browsers } from "./vite.shared.ts";

/** The pages of their own (schedule), with relative addresses so that they also work below a path. */
export default defineConfig({
  base: "./",
  plugins: [react(), tailwind()],
  build: {
    target: browsers,
    emptyOutDir: false,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "schedule.html" },
  },
});
