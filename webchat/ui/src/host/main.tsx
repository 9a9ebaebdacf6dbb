import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Problem } from "../shared/problem.ts";
import { App } from "./App.tsx";
import "./desk.css";

const ENDED = 401;

/** Trying again helps where no answer came or the server broke, not where it refused. */
function isWorthATry(count: number, error: Error): boolean {
  const isRefusal = error instanceof Problem && error.status >= 400 && error.status < 500;
  return count < 2 && !isRefusal;
}

const client = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof Problem && error.status === ENDED) client.setQueryData(["me"], null);
    },
  }),
  defaultOptions: { queries: { staleTime: 30_000, retry: isWorthATry } },
});

const page = document.getElementById("page");
if (page)
  createRoot(page).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
