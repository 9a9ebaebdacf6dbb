import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import "./schedule.css";

const client = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 2 } } });
const page = document.getElementById("page");
if (page)
  createRoot(page).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
