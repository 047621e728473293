// rich_text -> DOM.

import { make } from "./dom.js";
import { link } from "./mrkdwn.js";

export function rich(block, names) {
  return make("div", { class: "rich text" }, block.elements.map((part) => partOf(part, names)));
}

function partOf(part, names) {
  if (part.type === "rich_text_list") {
    const items = part.elements.map((item) => make("li", {}, item.elements.map((piece) => pieceOf(piece, names))));
    return make(part.style === "ordered" ? "ol" : "ul", {}, items);
  }
  const pieces = part.elements.map((piece) => pieceOf(piece, names));
  if (part.type === "rich_text_preformatted") return toCopy(pieces);
  return make(part.type === "rich_text_quote" ? "blockquote" : "div", {}, pieces);
}

// Slack shows its button when the pointer is over the block; here it is always there, for keyboards and telephones.
function toCopy(pieces) {
  const lines = make("pre", { tabindex: "0" }, pieces);
  const copy = async (event) => {
    await navigator.clipboard.writeText(lines.textContent);
    event.target.textContent = "Copied";
  };
  return make("div", { class: "copied" }, lines, make("button", { type: "button", class: "act", onclick: copy }, "Copy"));
}

function pieceOf(piece, names) {
  const said = {
    text: () => piece.text,
    link: () => link(piece.url, piece.text || piece.url),
    user: () => `@${names.user(piece.user_id) || "somebody"}`,
    channel: () => `#${names.channel(piece.channel_id) || "a channel"}`,
    emoji: () => `:${piece.name}:`,
    broadcast: () => `@${piece.range}`,
    date: () => piece.fallback || new Date(piece.timestamp * 1000).toLocaleString(),
  }[piece.type];
  const style = piece.style || {};
  return Object.entries({ code: "code", strike: "s", italic: "em", bold: "strong" })
    .filter(([key]) => style[key])
    .reduce((inner, [, name]) => make(name, {}, inner), said ? said() : "");
}
