// Hangs messages as the playground's page shows them, each under its name and over what is heard of it.

import { make } from "/page/dom.js";
import { message } from "/page/messages.js";

const names = {
  me: () => "ann",
  user: (id) => ({ UANN: "ann", UBEN: "ben" })[id],
  channel: (id) => ({ C1: "general", C2: "research" })[id],
  users: () => [],
  channels: () => [],
};
const desk = { names, enlarge() {}, settled() {}, use() {}, shortcuts: {}, choose() {}, preview() {}, details() {} };
const author = { name: "frameworks", real_name: "frameworks", bot: true };

const hung = await (await fetch("/hung.json")).json();
document.body.append(...hung.flatMap(({ name, text, blocks }) => [
  make("h2", {}, name),
  message({ ts: "1795683600.0", text, blocks, files: [], attachments: [] }, author, desk),
  blocks.length && text ? make("p", { class: "heard" }, `Heard: ${text}`) : null,
].filter(Boolean)));
document.body.dataset.hung = hung.length;
