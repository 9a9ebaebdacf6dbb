import { useEffect, useState } from "react";

const NEXT_TRY = 5000;

/** Calls back on each change the server reports, and keeps listening; the result ends it. */
export function listenForChanges(
  address: string,
  onChange: () => void,
  onState: (isLive: boolean) => void,
): () => void {
  let stream: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = () => {
    stream = new EventSource(address);
    stream.addEventListener("open", () => onState(true));
    stream.addEventListener("change", onChange);
    stream.addEventListener("error", () => {
      onState(false);
      // The browser tries again by itself unless the server answered with an error.
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(start, NEXT_TRY);
    });
  };
  start();
  return () => {
    clearTimeout(timer);
    stream.close();
  };
}

/** Calls back on each change that the API at this page's address reports; true while it listens. */
export function useChanges(onChange: () => void): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(
    () => listenForChanges(new URL("api/changes", document.baseURI).href, onChange, setLive),
    [onChange],
  );
  return isLive;
}
