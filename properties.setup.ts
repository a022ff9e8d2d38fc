import { configureGlobal } from "fast-check";

// The same random texts in every run, so that a failure can be repeated; `npm run soak` draws others.
configureGlobal(process.env["CORDBOARD_SOAK"] === "1" ? {} : { seed: 20_261_120 });
