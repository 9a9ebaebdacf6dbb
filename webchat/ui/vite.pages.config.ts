import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { browsers } from "./vite.shared.ts";

/** Packages that pages share, each group fetched once: what every page begins with, and what it may need later. */
const groups = [
  { name: "shared", test: /src[\\/]shared[\\/][\w\\/]+\.ts$|preload-helper/ },
  { name: "react", test: /node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/]/ },
  { name: "calendar", test: /node_modules[\\/](@fullcalendar|@full-ui|temporal-[a-z]+)[\\/]/ },
  {
    name: "forms",
    test: /node_modules[\\/](formik|yup|lodash[\w-]*|property-expr|tiny-case|toposort)[\\/]/,
  },
  { name: "charts", test: /node_modules[\\/](chart\.js|@kurkle)[\\/]/ },
];

/** The pages of their own (schedule, desk), with relative addresses so that they also work below a path. */
export default defineConfig({
  base: "./",
  plugins: [react(), tailwind()],
  build: {
    target: browsers,
    emptyOutDir: false,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["schedule.html", "desk.html"],
      output: { codeSplitting: { groups } },
    },
  },
});
