import {
  BarController,
  BarElement,
  CategoryScale,
  type ChartConfiguration,
  Chart as Drawing,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { useEffect, useRef, useState } from "react";

Drawing.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** One row of values with its name and the token of its colour. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly colour: "accent" | "warning" | "danger" | "control";
}

interface Props {
  /** Says in a sentence what is to be seen; the figures stand in the table below. */
  readonly label: string;
  readonly shape: "bar" | "line" | "steps";
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

/** The colour of a token as the canvas needs it, for the present scheme. */
function colourOf(element: Element, token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(--color-${token})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function useScheme(): boolean {
  const [isDark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const update = () => setDark(query.matches);
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);
  return isDark;
}

function configuration(place: Element, { shape, labels, series }: Props): ChartConfiguration {
  const [ink, line] = [colourOf(place, "muted"), colourOf(place, "line")];
  const isFlat = shape === "steps";
  const font = { family: getComputedStyle(place).fontFamily, size: 12 };
  const count = {
    beginAtZero: true,
    stacked: shape === "bar",
    grid: { color: line },
    border: { display: false },
  };
  const names = { stacked: shape === "bar", grid: { display: false }, border: { color: line } };
  const ticks = { color: ink, font };
  const counted = { ...count, ticks: { ...ticks, precision: 0, maxTicksLimit: 6 } };
  const named = { ...names, ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 } };
  return {
    type: shape === "line" ? "line" : "bar",
    data: {
      labels: [...labels],
      datasets: series.map(({ name, values, colour }) => ({
        label: name,
        data: [...values],
        backgroundColor: colourOf(place, colour),
        borderColor: colourOf(place, colour),
        borderRadius: shape === "line" ? 0 : 4,
        borderWidth: shape === "line" ? 2 : 0,
        maxBarThickness: 34,
        pointRadius: 3,
        spanGaps: true,
        tension: 0.25,
      })),
    },
    options: {
      animation: false,
      indexAxis: isFlat ? "y" : "x",
      interaction: { mode: "index", intersect: false },
      layout: { padding: { right: 8 } },
      maintainAspectRatio: false,
      responsive: true,
      plugins: { tooltip: { bodyFont: font, titleFont: font, padding: 10, boxPadding: 4 } },
      scales: isFlat ? { x: counted, y: named } : { x: named, y: counted },
    },
  };
}

/** A picture of figures; what it shows can be read in a table, so it is one image to those who cannot see it. */
export default function Chart(props: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const isDark = useScheme();
  const content = JSON.stringify([props.shape, props.labels, props.series, isDark]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when what is to be seen has changed
  useEffect(() => {
    const place = canvas.current?.parentElement;
    if (!canvas.current || !place) return;
    const drawing = new Drawing(canvas.current, configuration(place, props));
    return () => drawing.destroy();
  }, [content]);
  return (
    <div className={props.shape === "steps" ? "relative h-44" : "relative h-60"}>
      <canvas ref={canvas} role="img" aria-label={props.label} />
    </div>
  );
}
