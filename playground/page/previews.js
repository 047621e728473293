// What an app shows under a link: a Work Object with its fields and buttons, or blocks; and the details that open from it.

import { blocks } from "./blocks.js";
import { make } from "./dom.js";

const $ = (id) => document.getElementById(id);

export function previews(given, desk) {
  return given.attachments.map((one) => (one.entity ? workObject(one, desk)
    : make("section", { class: "preview", "aria-label": `Preview of ${one.from_url}` }, blocks(one.blocks, desk))));
}

function workObject({ id, entity }, desk) {
  const { attributes, actions } = entity.entity_payload;
  const title = attributes.title.text;
  const buttons = (actions?.primary_actions || []).map((action) =>
    make("button", { type: "button", onclick: () => desk.preview(id, action.text) }, action.text));
  const open = make("button", { type: "button", "aria-label": `Details of ${title}`, onclick: () => desk.details(id) }, "Details");
  return make("section", { class: "preview", "aria-label": `Preview of ${title}` },
    make("p", { class: "caption" }, title, make("span", { class: "note" }, `${attributes.display_type} · ${attributes.product_name}`)),
    fields(entity.entity_payload), make("div", { class: "actions" }, open, buttons));
}

function fields({ custom_fields: all, display_order: order }) {
  const named = Object.fromEntries((all || []).map((field) => [field.key, field]));
  return make("dl", {}, (order || Object.keys(named)).flatMap((key) => [
    make("dt", {}, named[key].label), make("dd", {}, value(named[key]))]));
}

function value(field) {
  if (field.type === "array") return make("ul", { class: "chips" }, field.value.map((one) => make("li", {}, one.value)));
  if (field.type === "slack#/types/timestamp") return make("time", {}, new Date(field.value * 1000).toLocaleString());
  return field.tag_color ? make("span", { class: `tag ${field.tag_color}` }, field.value) : String(field.value);
}

let shown = null; // the details that are drawn, so that a screen that is asked for again leaves the reader where they are

export function showPane(pane, close) {
  const box = $("pane"), key = JSON.stringify(pane);
  if (!pane) { shown = null; if (box.open) box.close(); return; }
  if (key === shown) return;
  shown = key;
  const { metadata, error } = pane;
  $("pane-title").textContent = metadata ? metadata.entity_payload.attributes.title.text : error.custom_title || error.status;
  $("pane-body").replaceChildren(metadata ? fields(metadata.entity_payload) : make("p", {}, error.custom_message || ""));
  box.onclose = close;
  if (!box.open) box.showModal();
}
