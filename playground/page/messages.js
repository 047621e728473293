// One message -> DOM: author, time, text or blocks, files.

import { blocks, picture } from "./blocks.js";
import { make } from "./dom.js";
import { menu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { previews } from "./previews.js";

export function message(given, author, desk) {
  const moment = new Date(Number(given.ts) * 1000);
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(moment);
  const head = make("div", { class: "head" },
    make("span", { class: "who" }, author.real_name),
    author.bot ? make("span", { class: "badge" }, "APP") : null,
    make("time", { class: "when", datetime: moment.toISOString(), title: moment.toLocaleString() }, clock),
    given.edited ? make("span", { class: "note" }, "(edited)") : null,
    menu(given, author, clock, desk));
  const body = given.blocks.length
    ? [blocks(given.blocks, desk)]
    : given.text ? [make("p", { class: "text" }, mrkdwn(given.text, desk.names))] : [];
  const look = ["message", given.private ? "private" : "", given.thread_ts && given.thread_ts !== given.ts ? "reply" : ""];
  return make("article", { class: look.join(" ").trim(), "data-ts": given.ts, "aria-label": `${author.real_name}, ${clock}` },
    avatar(author),
    make("div", {}, given.private ? make("p", { class: "only" }, "Only visible to you") : null, head, body,
      given.files.map((file) => attachment(file, desk)), previews(given, desk)));
}

function avatar(author) {
  const look = author.bot ? "app" : `a${author.name.charCodeAt(0) % 4}`;
  return make("div", { class: `avatar ${look}`, "aria-hidden": "true" }, author.real_name[0]);
}

function attachment(file, desk) {
  if (!file.image) return make("p", { class: "away" }, file.title || file.name);
  return make("figure", {}, make("figcaption", {}, file.title || file.name),
    picture({ slack_file: { id: file.id }, alt_text: file.alt || file.title || file.name }, desk));
}
