// The markdown block: a plain subset (headings, lists, quotes, code, bold, italics, links), again without any markup.

import { make } from "./dom.js";
import { link } from "./mrkdwn.js";

export function markdown(text) {
  const out = make("div", { class: "rich" });
  for (const part of text.split(/(```[\s\S]*?```)|\n{2,}/).filter(Boolean)) out.append(paragraph(part));
  return out;
}

function paragraph(part) {
  if (part.startsWith("```")) return make("pre", { tabindex: "0" }, part.replace(/^```\w*\n?|\n?```$/g, ""));
  const lines = part.split("\n").filter((line) => line.trim());
  const heading = /^(#{1,4})\s+(.*)$/.exec(lines[0] || "");
  if (heading) return make("div", {}, make(`h${heading[1].length + 2}`, {}, inline(heading[2])), lines[1] ? paragraph(lines.slice(1).join("\n")) : null);
  if (lines.every((line) => /^\s*[-*]\s+/.test(line))) return list("ul", lines, /^\s*[-*]\s+/);
  if (lines.every((line) => /^\s*\d+\.\s+/.test(line))) return list("ol", lines, /^\s*\d+\.\s+/);
  if (lines.every((line) => line.startsWith(">"))) return make("blockquote", {}, inline(lines.map((line) => line.replace(/^> ?/, "")).join("\n")));
  return make("p", { class: "text" }, inline(lines.join("\n")));
}

function list(name, lines, bullet) {
  return make(name, {}, lines.map((line) => make("li", {}, inline(line.replace(bullet, "")))));
}

function inline(text) {
  const found = /`([^`]+)`|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)\s]+)\)|(?<!\w)[*_]([^*_]+)[*_](?!\w)/.exec(text);
  if (!found) return [text];
  const [whole, code, bold, label, address, italic] = found;
  const made = code ? make("code", {}, code) : bold ? make("strong", {}, inline(bold))
    : label ? link(address, label) : make("em", {}, inline(italic));
  return [text.slice(0, found.index), made, ...inline(text.slice(found.index + whole.length))];
}
