import { useMemo } from "react";
import { type Block, type Inline, readMarkdown } from "../markdown.ts";

function Run({ run }: { run: Inline }) {
  switch (run.kind) {
    case "text":
      return <>{run.text}</>;
    case "code":
      return <code>{run.text}</code>;
    case "strong":
      return (
        <strong>
          <Line runs={run.children} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Line runs={run.children} />
        </em>
      );
    case "link":
      return (
        <a href={run.target} target="_blank" rel="noopener noreferrer">
          {run.text}
        </a>
      );
  }
}

function Line({ runs }: { runs: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a message never changes, so neither does the order of its runs
  return runs.map((run, index) => <Run key={index} run={run} />);
}

function Items({ items }: { items: readonly (readonly Inline[])[] }) {
  return items.map((runs, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a message never changes, so neither does the order of its items
    <li key={index}>
      <Line runs={runs} />
    </li>
  ));
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === "bullets")
    return (
      <ul>
        <Items items={block.items} />
      </ul>
    );
  if (block.kind === "numbers")
    return (
      <ol start={block.first}>
        <Items items={block.items} />
      </ol>
    );
  return (
    <p>
      {block.lines.map((runs, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message never changes, so neither does the order of its lines
        <span key={index} className="line">
          <Line runs={runs} />
        </span>
      ))}
    </p>
  );
}

/** An answer's text as elements; no part of it is ever read as HTML. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => readMarkdown(text), [text]);
  // biome-ignore lint/suspicious/noArrayIndexKey: a message never changes, so neither does the order of its blocks
  return blocks.map((block, index) => <BlockView key={index} block={block} />);
}
