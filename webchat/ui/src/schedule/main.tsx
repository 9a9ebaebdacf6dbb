import { createRoot } from "react-dom/client";
import "./schedule.css";

const page = document.getElementById("page");
if (page) createRoot(page).render(<main />);
