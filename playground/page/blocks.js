// Block Kit -> DOM: one function a block type. A type that is not known says so, rather than vanish.

import { chart } from "./charts.js";
import { make } from "./dom.js";
import { element } from "./elements.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { rich } from "./rich.js";
import { dataTable, plainTable } from "./tables.js";

const DRAW = {
  header: (block) => make(`h${(block.level || 1) + 2}`, {}, block.text.text),
  divider: () => make("hr"),
  section,
  context: (block, desk) => make("div", { class: "context" }, block.elements.map((part) =>
    part.type === "image" ? picture(part, desk) : make("span", {}, words(part, desk)))),
  actions: (block, desk) => make("div", { class: "actions" }, block.elements.map((part) => element(part, desk))),
  image: (block, desk) => make("figure", {}, block.title ? make("figcaption", {}, block.title.text) : null, picture(block, desk)),
  markdown: (block) => markdown(block.text),
  rich_text: (block, desk) => rich(block, desk.names),
  data_table: (block, desk) => dataTable(block, desk.names),
  table: (block, desk) => plainTable(block, desk.names),
  data_visualization: chart,
  card,
  carousel: (block, desk) => make("div", { class: "container" }, block.elements.map((part) => card(part, desk))),
  container: (block, desk) => make("section", { class: "container" },
    make("div", { class: "caption" }, block.title?.text || ""), blocks(block.child_blocks, desk)),
};

export function blocks(list, desk) {
  return make("div", { class: "blocks" }, list.map((block) => {
    const draw = DRAW[block.type];
    return draw ? draw(block, desk) : make("p", { class: "away" }, `A ${block.type} block: not drawn in the playground.`);
  }));
}

function section(block, desk) {
  const fields = block.fields
    ? make("div", { class: "fields" }, block.fields.map((field) => make("p", { class: "text" }, words(field, desk)))) : null;
  const body = make("div", { class: "body" }, block.text ? make("p", { class: "text" }, words(block.text, desk)) : null, fields);
  const beside = block.accessory;
  const drawn = beside ? (beside.type === "image" ? picture(beside, desk) : make("div", { class: "actions" }, element(beside, desk))) : null;
  return make("div", { class: "section" }, body, drawn);
}

function card(block, desk) {
  const lines = [["title", "caption"], ["subtitle", "only"], ["body", "text"], ["subtext", "only"]];
  return make("div", { class: "card" }, block.hero_image ? picture(block.hero_image, desk) : null,
    lines.map(([name, look]) => (block[name] ? make("div", { class: look }, words(block[name], desk)) : null)),
    block.actions ? make("div", { class: "actions" }, block.actions.map((part) => element(part, desk))) : null);
}

function words(text, desk) {
  return text.type === "plain_text" ? [text.text] : mrkdwn(text.text, desk.names);
}

export function picture({ slack_file: file, image_url: address, alt_text: alt }, desk) {
  const id = file?.id || /-(F\w+)\//.exec(file?.url || "")?.[1];
  if (!id) return make("p", { class: "away" }, `Picture from ${address}, not fetched here: ${alt}`);
  const source = `/page/files/${encodeURIComponent(id)}?user=${encodeURIComponent(desk.names.me())}`;
  return make("button", { type: "button", class: "open", title: "Enlarge", onclick: () => desk.enlarge(source, alt) },
    make("img", { src: source, alt, onload: desk.settled }));
}
