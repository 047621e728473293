// Behind the scenes: every request of the bot with Slack's answer, every payload with what became of it, and bad days.

import { make } from "./dom.js";

const $ = (id) => document.getElementById(id);
let send = null;

export function startBehind(post) {
  send = post;
  $("behind-open").addEventListener("click", () => { $("behind").showModal(); showBehind(); });
}

// Asked for only while somebody looks.
export async function showBehind() {
  if (!$("behind").open) return;
  const reply = await fetch("/page/behind");
  if (!reply.ok) return;
  const { lines, switches, turns } = await reply.json();
  for (const one of switches) showSwitch(one);
  for (const one of turns) if (!$(`turn-${one.name}`)) $("turns").append(turn(one));
  $("lines").replaceChildren(...(lines.length ? lines.map(line) : [make("p", {}, "Nothing yet.")]));
}

function showSwitch({ name, label, on }) {
  if (!$(`switch-${name}`)) {
    const box = make("input", { type: "checkbox", id: `switch-${name}`, onchange: () => send("/page/switch", { name, on: box.checked }) });
    $("switches").append(make("label", { class: "choice" }, box, ` ${label}`));
  }
  $(`switch-${name}`).checked = on;
}

function turn({ name, label }) {
  return make("button", { type: "button", class: "act", id: `turn-${name}`, onclick: () => send("/page/turn", { name }) }, label);
}

function line({ at, from, what, where, went, refused }) {
  const time = new Date(at * 1000).toLocaleTimeString();
  return make("p", { class: refused ? "sent refused" : "sent" },
    make("time", {}, time), ` ${from === "bot" ? "bot →" : "→ bot"} `, make("b", {}, what), ` ${where} `,
    make("span", { class: "note" }, refused ? `refused: ${went}` : went));
}
