import { lazy, Suspense } from "react";
import { useHouse, useMe } from "./data.ts";
import { useIsNarrow } from "./narrow.ts";
import { Note } from "./parts/Page.tsx";
import { Shell } from "./Shell.tsx";

const SignIn = lazy(() => import("./SignIn.tsx"));

/** The host desk: the way in, or the desk itself. */
export function App() {
  const house = useHouse();
  const me = useMe();
  const isNarrow = useIsNarrow();
  if (house.isError || me.isError) return <Note>The desk cannot be reached at the moment.</Note>;
  if (!house.data || me.data === undefined) return <Note>Loading…</Note>;
  if (me.data !== null) return <Shell me={me.data} now={house.data.now} isNarrow={isNarrow} />;
  return (
    <Suspense fallback={<Note>Loading…</Note>}>
      <SignIn organisation={house.data.organisation} />
    </Suspense>
  );
}
