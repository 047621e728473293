// The menu of a message: what apps offer to do with it. Opened and closed by the browser itself, so that keys do too.

import { make } from "./dom.js";

export function menu(given, author, clock, desk) {
  const offered = [...Object.entries(desk.shortcuts), ...(desk.reply ? [["", "Reply in thread"]] : [])];
  if (given.private || !offered.length) return null;
  const box = make("details", { class: "menu" },
    make("summary", { "aria-label": `More actions on the message of ${author.real_name}, ${clock}` }, "⋯"),
    make("div", { class: "offered" }, offered.map(([name, label]) =>
      make("button", { type: "button", class: "act", onclick: () => choose(name) }, label))));
  const choose = (name) => { close(); if (name) desk.choose(name); else desk.reply(given, author); };
  const close = () => { box.open = false; box.querySelector("summary").focus({ preventScroll: true }); };
  box.addEventListener("keydown", (event) => { if (event.key === "Escape" && box.open) { event.stopPropagation(); close(); } });
  return box;
}
