import { render } from "preact";
import { App } from "./app.tsx";
import { openLive } from "./live/opening.ts";
import { startScene } from "./scene/scene.ts";
import { startWishes } from "./scene/wishes.ts";
import { startWork } from "./share/opening.ts";
import "./style/page.css";
import { followTheme } from "./style/theme.ts";
import { startChecking } from "./workers/language.ts";

const page = document.getElementById("page");
if (!page) throw new Error("index.html has no #page");
followTheme();
await startWork();
startChecking();
startScene();
startWishes();
render(<App />, page);
void openLive();
