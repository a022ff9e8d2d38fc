import { render } from "preact";
import { Desk } from "./agent.tsx";
import { isDesk, open } from "./desk.ts";
import { remember } from "./remembered.ts";
import "./style/page.css";
import { Supervisor } from "./supervisor.tsx";

const root = document.getElementById("page");
if (!root) throw new Error("index.html has no #page");
remember();
render(isDesk ? <Desk /> : <Supervisor />, root);
void open();
