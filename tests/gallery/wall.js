// Hangs messages, forms and previews as the playground's page shows them, each under its name; a message over what is heard of it.

import { make } from "/page/dom.js";
import { message } from "/page/messages.js";
import { showModal } from "/page/modal.js";
import { showPane } from "/page/previews.js";
import { showRuns, startWorkflow } from "/page/workflow.js";

const names = {
  me: () => "ann",
  user: (id) => ({ UANN: "ann", UBEN: "ben" })[id],
  channel: (id) => ({ C1: "general", C2: "research" })[id],
  users: () => [],
  channels: () => [],
};
const desk = { names, enlarge() {}, settled() {}, use() {}, shortcuts: {}, choose() {}, preview() {}, details() {} };
const bot = { name: "frameworks", real_name: "frameworks", bot: true };
const ann = { name: "ann", real_name: "Ann Ambler", bot: false };
const ts = "1795683600.0";
const page = new DOMParser().parseFromString(await (await fetch("/page/index.html")).text(), "text/html");

const hangers = {
  message: ({ text, blocks }) => [say(bot, { text, blocks }), blocks.length && text ? make("p", { class: "heard" }, `Heard: ${text}`) : null],
  home: ({ given }) => say(bot, { blocks: given.blocks }),
  blocks: ({ given }) => say(bot, { blocks: given.blocks }),
  preview({ given }) {
    const url = given.app_unfurl_url || "https://huggingface.co/google-bert/bert-base-uncased";
    return say(ann, { text: `<${url}>`, attachments: [{ id: "1", from_url: url, ...(given.entity_type ? { entity: given } : given) }] });
  },
  form({ name, given, errors, typed }) {
    const box = borrow("modal");
    showModal({ view: { ...given, hash: name }, errors: errors || {} }, () => {});
    for (const [block, words] of Object.entries(typed || {})) box.querySelector(`#field-${block}`).value = words;
    return leaveOpen(box);
  },
  details({ given }) {
    const box = borrow("pane");
    showPane(given.entity_payload ? { metadata: given } : { error: given }, () => {});
    return leaveOpen(box);
  },
  async step({ typed, offered, runs }) {
    const door = borrow("workflow-open"), box = borrow("workflow");
    startWorkflow(() => {}, () => "UANN");
    door.click();
    box.querySelector("#step-words").value = typed;
    showRuns({ has_step: true, runs, channels: [{ id: "C1", name: "general", kind: "public" }] });
    while (box.querySelector("#step-question").length !== offered.length) await new Promise(requestAnimationFrame);
    door.remove();
    return leaveOpen(box);
  },
};

function say(author, given) {
  return message({ ts, text: "", blocks: [], files: [], attachments: [], ...given }, author, desk);
}

// A part of the page's own, put first, so that the page's scripts find it by its id and none of those that hang already.
function borrow(id) {
  const part = document.importNode(page.getElementById(id), true);
  document.body.prepend(part);
  return part;
}

function leaveOpen(box) {
  box.close();
  box.setAttribute("open", "");
  for (const field of box.querySelectorAll("[data-block]")) delete field.dataset.block; // the remarks of the next form are not for it
  return box;
}

const hung = await (await fetch("/hung.json")).json();
for (const one of hung) {
  const made = [await hangers[one.surface](one)].flat().filter(Boolean);
  document.body.append(make("h2", {}, one.name), ...made);
}
document.body.dataset.hung = hung.length;
