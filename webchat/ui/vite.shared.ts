/** Oldest browsers served: the first with `light-dark()` and the CSS nesting around it. */
export const browsers = ["chrome123", "edge123", "firefox121", "safari17.5"];

/** React's names answered by Preact; the longer names come first because aliases match prefixes. */
export const preactAliases = [
  { find: "react-dom/test-utils", replacement: "preact/compat/test-utils" },
  { find: "react-dom/client", replacement: "preact/compat/client" },
  { find: "react-dom", replacement: "preact/compat" },
  { find: "react/jsx-runtime", replacement: "preact/jsx-runtime" },
  { find: "react/jsx-dev-runtime", replacement: "preact/compat/jsx-dev-runtime" },
  { find: "react", replacement: "preact/compat" },
];
