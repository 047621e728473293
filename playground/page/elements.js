// Buttons, menus and pickers: using one sends block_actions to the bot; it rests until the bot has acknowledged.

import { make } from "./dom.js";

export function element(given, desk) {
  if (given.type === "button") return button(given, desk);
  if (given.type === "timepicker") return picker(given, "time", given.initial_time, desk);
  if (given.type === "datepicker") return picker(given, "date", given.initial_date, desk);
  const choices = choicesOf(given, desk);
  if (choices.length) return menu(given, choices, desk);
  return make("button", { type: "button", disabled: true }, `${given.type}: not drawn in the playground`);
}

function button(given, desk) {
  const label = given.accessibility_label;
  const go = () => {
    if (given.url) window.open(given.url, "_blank", "noopener,noreferrer");
    if (agreed(given)) desk.use(given);
  };
  return make("button", { type: "button", class: given.style, "aria-label": label, "data-action": given.action_id, onclick: go },
    given.text.text);
}

function menu(given, choices, desk) {
  const name = given.placeholder?.text || (given.type === "overflow" ? "⋯" : "Choose");
  const chosen = given.initial_option?.value || given.initial_conversation || given.initial_channel || given.initial_user;
  const options = choices.map(([value, label]) => make("option", { value, selected: value === chosen }, label));
  const blank = make("option", { value: "", selected: !chosen }, name);
  return make("select", { "aria-label": name, "data-action": given.action_id,
    onchange: (event) => event.target.value && agreed(given) && desk.use(given, event.target.value) }, blank, options);
}

function choicesOf(given, desk) {
  const own = [...(given.options || []), ...(given.option_groups || []).flatMap((group) => group.options)];
  if (own.length) return own.map((option) => [option.value, option.text.text]);
  if (/^(conversations|channels)_select$/.test(given.type)) return desk.names.channels();
  return given.type === "users_select" ? desk.names.users() : [];
}

function picker(given, type, value, desk) {
  return make("input", { type, value, "aria-label": given.placeholder?.text || type, "data-action": given.action_id,
    onchange: (event) => event.target.value && desk.use(given, event.target.value) });
}

function agreed({ confirm }) {
  return !confirm || window.confirm(`${confirm.title.text}\n\n${confirm.text.text}`);
}
