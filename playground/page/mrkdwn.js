// Slack's mrkdwn -> DOM. Entities are undone last and only into text nodes, so that nothing typed becomes markup.
// docs.slack.dev/messaging/formatting-message-text

import { make } from "./dom.js";

const SPECIAL = /<([^<>\n]+)>/;
const MARKS = { "*": "strong", _: "em", "~": "s" };

export function mrkdwn(text, names) {
  return text.split(/(```[\s\S]+?```)/).flatMap((part) => {
    if (/^```[\s\S]+```$/.test(part)) return [make("pre", { tabindex: "0" }, plain(part.slice(3, -3).replace(/^\n|\n$/g, ""), names))];
    return quoted(part, names);
  });
}

// Lines that begin with > stand in a quotation; it arrives as the entity.
function quoted(text, names) {
  const out = [];
  for (const run of text.split(/((?:^(?:&gt;|>) ?.*\n?)+)/m)) {
    if (/^(&gt;|>)/.test(run)) out.push(make("blockquote", {}, inline(run.replace(/^(&gt;|>) ?/gm, "").trim(), names)));
    else if (run) out.push(...inline(run, names));
  }
  return out;
}

function inline(text, names) {
  return text.split(/(`[^`\n]+`)/).flatMap((part) => {
    if (/^`[^`]+`$/.test(part)) return [make("code", {}, plain(part.slice(1, -1), names))];
    return marked(part, names);
  });
}

// Bold, italics and strike: the mark opens after a boundary, closes before one, and holds no space at its edges.
const MARKED =
  /(^|[\s(["'“·—–-])([*_~])(?=\S)((?:<[^<>]*>|(?!\2)[^\n])+?)(?<=\S)\2(?=$|[\s)\]"'”.,:;!?·—–-])/;

// One after the other and not by calling itself: a message may hold ten thousand of them.
function marked(text, names) {
  const out = [];
  let rest = text;
  for (let found = MARKED.exec(rest); found; found = MARKED.exec(rest)) {
    const [whole, before, mark, inner] = found;
    out.push(...plain(rest.slice(0, found.index + before.length), names), make(MARKS[mark], {}, marked(inner, names)));
    rest = rest.slice(found.index + whole.length);
  }
  return [...out, ...plain(rest, names)];
}

function special(inner, names) {
  const [target, ...labels] = inner.split("|");
  const label = labels.join("|");
  if (target.startsWith("@")) return mention(`@${names.user(target.slice(1)) || label || "somebody"}`);
  if (target.startsWith("#")) return mention(`#${names.channel(target.slice(1)) || label || "a private channel"}`);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return mention(`@${label || target.slice(1)}`);
  return link(unescape(target), unescape(label || target));
}

export function link(address, label) {
  if (!/^(https?:|mailto:)/i.test(address)) return label;
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label);
}

function mention(text) {
  return make("span", { class: "mention" }, unescape(text));
}

// <!date^SECONDS^format^optional link|fallback> in the reader's own zone and language.
function date(target, fallback) {
  const [, seconds, format, address] = target.split("^");
  const moment = new Date(Number(seconds) * 1000);
  if (Number.isNaN(moment.getTime())) return unescape(fallback);
  const say = (options) => new Intl.DateTimeFormat(undefined, options).format(moment);
  const words = {
    date_num: () => moment.toLocaleDateString("sv"),
    date: () => say({ dateStyle: "long" }),
    date_short: () => say({ dateStyle: "medium" }),
    date_long: () => say({ dateStyle: "full" }),
    date_pretty: () => say({ dateStyle: "long" }),
    date_short_pretty: () => say({ dateStyle: "medium" }),
    date_long_pretty: () => say({ dateStyle: "full" }),
    time: () => say({ timeStyle: "short" }),
    time_secs: () => say({ timeStyle: "medium" }),
  };
  const text = unescape(format).replace(/\{(\w+)\}/g, (whole, name) => (words[name] ? words[name]() : whole));
  const shown = make("time", { datetime: moment.toISOString(), title: unescape(fallback) }, text);
  return address ? make("a", { href: address, rel: "noopener noreferrer" }, shown) : shown;
}

export function plain(text, names) {
  return text.split(/(<[^<>\n]+>)/).filter(Boolean).map((part) => (SPECIAL.test(part) ? special(part.slice(1, -1), names) : unescape(part)));
}

export function unescape(text) {
  return text.replace(/&(amp|lt|gt);/g, (whole, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}
