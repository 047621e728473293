// The page itself: asks for the screen whenever something changed, and redraws only what did.

import { showBehind, startBehind } from "./behind.js";
import { draw, make } from "./dom.js";
import { message } from "./messages.js";
import { plain } from "./mrkdwn.js";
import { showModal } from "./modal.js";
import { showPane } from "./previews.js";
import { showRuns, startWorkflow } from "./workflow.js";

const $ = (id) => document.getElementById(id);
const EXAMPLES = ["/frameworks top30", "/frameworks privately top30", "/frameworks help", "@frameworks top30"];
const drawn = new Map(); // "channel ts" -> { revision, node }
const seen = new Map(); // channel -> newest ts that was looked at
const typed = []; // what was sent before, oldest first
let recalled = 0;
let screen = null;
let here = null;
let me = "ann";
let asking = false;
let again = false;
let following = true; // whether the reader is at the end of the log
let asked = 0; // when something was sent last: what arrived before is not what is waited for
const TOGETHER = 5000; // milliseconds within which messages are one answer: a post, what is under it, a word to the asker
let offered = { value: "", seconds: 0 }; // the moment that the clock's field holds unless somebody typed another
let held = null; // the control that rests and had the focus: whoever has no mouse goes on from there
let thread = null; // the message under which one is replying
let others; // the form that was open before this page was: another tab's, or one that was closed with its tab

const names = {
  me: () => me,
  user: (id) => screen.users[id]?.name,
  channel: (id) => screen.channels.find((one) => one.id === id)?.name,
  users: () => Object.entries(screen.users).map(([id, user]) => [id, user.real_name]),
  channels: () => screen.channels.filter((one) => !["im", "home"].includes(one.kind)).map((one) => [one.id, `#${one.name}`]),
};

async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    do {
      again = false;
      const reply = await fetch(`/page/screen?user=${encodeURIComponent(me)}`);
      if (reply.ok) { screen = await reply.json(); show(); }
    } while (again);
  } finally {
    asking = false;
  }
}

function show() {
  here = screen.channels.find((one) => one.id === here)?.id || screen.channels.find((one) => one.kind !== "home").id;
  document.title = `${place().name} · Playground`;
  $("workspace").textContent = screen.workspace;
  showChannels();
  showPeople();
  showTitle();
  showLog();
  showResting();
  if (others === undefined) others = screen.modal?.view.id || null;
  showModal(screen.modal?.view.id === others ? null : screen.modal, (said) => post("/page/submit", { user: me, ...said }));
  showRuns(screen);
  showPane(screen.pane, () => post("/page/close", { user: me }));
  showClock();
  showCollecting();
  showMoving();
  showBehind();
}

// What the bot reads now and when that will be there; the one large reading waits for its button.
function showCollecting() {
  const told = screen.collecting;
  $("reading").textContent = told?.lines.length ? " · reading" : "";
  $("collecting").hidden = !told || !(told.lines.length || told.offer);
  if (!told) return;
  const said = told.lines.join(" ");
  if ($("collected").dataset.said !== said) $("collected").replaceChildren(...plain(said, names)); // its moments in the reader's zone
  $("collected").dataset.said = said;
  $("collect").hidden = !told.offer;
  $("collect").textContent = told.offer;
}

// The playground's time, in the reader's zone; a step on offers what comes next in this channel, else Monday at nine.
function showClock() {
  const now = new Date(screen.now * 1000);
  $("now").textContent = sayMoment(now);
  const due = place().due;
  $("due").textContent = due ? `Next here: ${sayMoment(new Date(due * 1000))}, your time.` : "";
  $("coming").hidden = !due; // beside the channel's name on a phone, where the clock waits folded
  $("coming").textContent = due ? `Next here ${sayMoment(new Date(due * 1000))}: move the clock` : "";
  if ($("moment").value && $("moment").value !== offered.value) return; // typed by hand
  offer(due ? new Date(due * 1000) : nextMonday(now), due);
}

const sayMoment = (moment) => moment.toLocaleString([], { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

// What is offered keeps its exact second: a wall time of the reader's zone may come twice.
function offer(moment, due) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  offered = { value: `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`, seconds: due || moment.getTime() / 1000 };
  $("moment").value = offered.value;
}

// The way from the click to what was due: it may take minutes, and says so at once.
let moving = null; // where to, what is due by then here, the newest message before, whether the clock stands there

const newestOfAll = () => screen.channels.map((one) => one.messages.at(-1)?.ts || "").sort().at(-1);

function showMoving() {
  if (!moving) return;
  const to = sayMoment(new Date(moving.to * 1000));
  $("moving").textContent = newestOfAll() > moving.newest ? `Moved to ${to}: something has come.`
    : moving.due ? `${moving.there ? "Moved" : "Moving"} to ${to}. What is due comes as soon as what it tells was read.`
    : moving.there ? `Moved to ${to}. Nothing was due here.` : `Moving to ${to} …`;
}

async function moveOn(to) {
  if (moving && !moving.there) return; // one step at a time
  moving = { to, due: (place().due || Infinity) <= to, newest: newestOfAll(), there: false };
  showMoving();
  await post("/page/clock", { to });
  moving.there = true;
  showMoving();
}

function nextMonday(now) {
  const monday = new Date(now);
  monday.setDate(now.getDate() + ((8 - now.getDay()) % 7 || 7));
  monday.setHours(9, 0, 0, 0);
  return monday;
}

const place = () => screen.channels.find((one) => one.id === here);
const label = (channel) => (channel.kind === "public" ? `#${channel.name}` : channel.name);
const sign = (channel) => (channel.kind === "private" ? [lock(), " ", channel.name] : [label(channel)]);

function lock() {
  return draw("svg", { class: "lock", viewBox: "0 0 8 9", role: "img", "aria-label": "private" },
    draw("path", { d: "M1 4V3a3 3 0 0 1 6 0v1h1v5H0V4zm1.2 0h3.6V3a1.8 1.8 0 0 0-3.6 0z" }));
}

function showChannels() {
  const newest = (channel) => channel.messages.at(-1)?.ts || "";
  seen.set(here, newest(place()));
  for (const channel of screen.channels) if (!seen.has(channel.id)) seen.set(channel.id, newest(channel));
  const held = document.activeElement?.dataset?.channel;
  const entry = (channel) => make("li", {}, make("button", {
    type: "button", "data-channel": channel.id, "aria-current": channel.id === here ? "page" : null,
    class: newest(channel) > seen.get(channel.id) ? "unread" : null, onclick: () => go(channel.id) }, sign(channel)));
  const [direct, open, tabs] = [["im"], ["public", "private"], ["home"]].map((kinds) => screen.channels.filter((one) => kinds.includes(one.kind)));
  $("channels").replaceChildren(...tabs.map(entry), make("li", { class: "group" }, "Channels"), ...open.map(entry),
    make("li", { class: "group" }, "Direct messages"), ...direct.map(entry));
  if (held) document.querySelector(`[data-channel="${held}"]`)?.focus();
}

function go(id) {
  here = id;
  leaveThread();
  if (place().kind === "home") post("/page/home", { user: me });
  if ($("moment").value === offered.value) $("moment").value = "";
  following = true;
  $("log").replaceChildren();
  show();
  $("words").focus();
}

function showPeople() {
  const people = Object.entries(screen.users).filter(([, user]) => !user.bot);
  if ($("person").length === people.length) return;
  $("person").replaceChildren(...people.map(([id, user]) => make("option", { value: id, selected: id === screen.me }, user.real_name)));
}

function showTitle() {
  const channel = place();
  $("channel").replaceChildren(...sign(channel));
  const bot = screen.users[screen.app].name;
  const about = !screen.connected ? "No bot is connected: what you ask will fail."
    : channel.kind === "home" ? `The tab of the app ${bot}: what it knows of you, and what you can do.`
    : channel.archived ? "Archived: nobody can post here, but commands answer you alone."
    : !channel.bot_inside ? `${bot} is not in this conversation: it can answer only you${channel.kind === "im" ? "" : `, until you /invite @${bot}`}.`
    : channel.kind === "im" ? `Write to ${bot}: no slash needed.` : `${bot} is in this channel.`;
  $("about").textContent = about;
  $("composer").hidden = channel.kind === "home";
  $("words").placeholder = `Message ${label(channel)}`;
}

function showLog() {
  const log = $("log");
  const focus = whereFocusIs(log);
  const wanted = ordered(place().messages).map(node);
  const empty = log.querySelector(".empty");
  if (!wanted.length) { if (!empty) log.replaceChildren(welcome()); return; }
  empty?.remove();
  const kept = new Set(wanted);
  for (const child of [...log.children]) if (!kept.has(child)) child.remove();
  wanted.forEach((child, index) => { if (log.children[index] !== child) log.insertBefore(child, log.children[index] || null); });
  if (focus && !focus.control.isConnected) putFocus(log, focus);
  showEnd();
}

// What is drawn anew has other controls than before: whoever has no mouse goes on from the one in the same place.
const CONTROLS = "button, select, input, summary, a[href], [tabindex='0']";

function whereFocusIs(log) {
  const active = document.activeElement;
  const rested = active === document.body && held ? [...log.querySelectorAll("[data-action]")].find((one) => keyOf(one) === held) : null;
  const control = active !== log && log.contains(active) ? active : rested;
  const article = control?.closest("article");
  return article ? { control, ts: article.dataset.ts, row: [...log.children].indexOf(article),
    number: [...article.querySelectorAll(CONTROLS)].indexOf(control) } : null;
}

function putFocus(log, { ts, row, number }) {
  const article = log.querySelector(`article[data-ts="${ts}"]`) || log.children[Math.min(row, log.children.length - 1)];
  const controls = article ? [...article.querySelectorAll(CONTROLS)] : [];
  held = null;
  (controls[Math.min(number, controls.length - 1)] || log).focus({ preventScroll: true });
}

const keyOf = (control) => `${control.closest("article")?.dataset.ts} ${control.dataset.action}`;

// Replies stand under the message they answer.
function ordered(messages) {
  const parents = new Set(messages.map((one) => one.ts));
  const isReply = (one) => one.thread_ts && one.thread_ts !== one.ts && parents.has(one.thread_ts);
  return messages.filter((one) => !isReply(one)).flatMap((one) => [one, ...messages.filter((other) => isReply(other) && other.thread_ts === one.ts)]);
}

function node(given) {
  const key = `${here} ${given.ts}`;
  const known = drawn.get(key);
  if (known && known.revision === given.revision) return known.node;
  const author = screen.users[given.user] || { name: "somebody", real_name: "Somebody" };
  const desk = { names, enlarge, settled: showEnd, use: (part, value) => use(given.ts, part, value),
    shortcuts: place().kind === "home" ? {} : screen.shortcuts,
    reply: place().kind === "home" ? null : replyTo,
    choose: (name) => post("/page/shortcut", { channel: here, ts: given.ts, callback_id: name, user: me }),
    preview: (number, label) => post("/page/preview", { channel: here, ts: given.ts, number, label, user: me }),
    details: (number) => post("/page/details", { channel: here, ts: given.ts, number, user: me }) };
  const made = message(given, author, desk);
  made.dataset.arrived = known?.node.dataset.arrived || (known || $("log").querySelector("article") ? performance.now() : 0);
  drawn.set(key, { revision: given.revision, node: made });
  known?.node.replaceWith(made);
  return made;
}

// Follow the end while the reader is there; a picture that loads late would push it out of sight.
function showEnd() {
  if (following) $("log").scrollTop = restingPlace();
}

// The end of the log, but never past the beginning of the newest answer: a tall one is read from its finding on, whatever
// came with it.
function restingPlace() {
  const log = $("log");
  const newest = beginningOf(log.lastElementChild);
  const beginning = newest ? newest.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop - 8 : 0;
  return Math.max(0, Math.min(log.scrollHeight - log.clientHeight, beginning));
}

function beginningOf(message) {
  const since = Math.max(asked, (message?.dataset.arrived || 0) - TOGETHER);
  let first = message;
  while (first?.previousElementSibling?.dataset.arrived > since) first = first.previousElementSibling;
  return first;
}

function showResting() {
  const waiting = new Set(screen.clicks.filter((one) => one.outcome === "waiting").map((one) => `${one.ts} ${one.action_id}`));
  const failed = new Set(screen.clicks.filter((one) => one.outcome === "warning").map((one) => `${one.ts} ${one.action_id}`));
  for (const control of document.querySelectorAll("[data-action]")) {
    const key = keyOf(control);
    if (waiting.has(key) && control === document.activeElement) held = key;
    control.disabled = waiting.has(key);
    if (held === key && !control.disabled) giveBackFocus(control);
    control.classList.toggle("warned", failed.has(key));
    control.title = failed.has(key) ? "The bot did not acknowledge this within three seconds." : "";
  }
  $("status").textContent = screen.commands_waiting ? "Waiting for the bot…" : "";
}

function giveBackFocus(control) {
  held = null;
  if ([document.body, control].includes(document.activeElement)) control.focus({ preventScroll: true });
}

function welcome() {
  const bot = screen.users[screen.app].name;
  const examples = place().kind === "im" ? ["top30", "help", ...EXAMPLES.slice(0, 2)] : EXAMPLES;
  return make("div", { class: "empty" }, make("h3", {}, "Nothing here yet"),
    make("p", {}, "PyTorch or TensorFlow, who has more pre-trained models? Ask by command, by mention, or in a direct message. Try one:"),
    make("div", { class: "examples" }, examples.map((words) =>
      make("button", { type: "button", onclick: () => fill(words.replace("@frameworks", `@${bot}`)) }, words))));
}

function fill(words) {
  $("words").value = words;
  $("words").focus();
  fit();
}

function fit() {
  const box = $("words");
  box.rows = Math.min(6, box.value.split("\n").length);
}

async function post(path, body) {
  const reply = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!reply.ok) $("status").textContent = `The playground did not take that (${reply.status}).`;
}

function unreachable() {
  $("status").textContent = "The playground has stopped, or is out of reach.";
}

function use(ts, part, value) {
  post("/page/click", { channel: here, ts, action_id: part.action_id, user: me, value });
}

function send() {
  const text = $("words").value.trim();
  if (!text) return;
  typed.push(text);
  recalled = typed.length;
  fill("");
  following = true;
  asked = performance.now();
  post("/page/say", { text, channel: here, user: me, thread_ts: thread });
}

function replyTo(given, author) {
  thread = given.thread_ts || given.ts;
  $("replying").hidden = false;
  $("replying-to").textContent = `Replying in the thread of ${author.real_name}`;
  $("words").focus();
}

function leaveThread() {
  thread = null;
  $("replying").hidden = true;
}

function recall(step) {
  recalled = Math.max(0, Math.min(typed.length, recalled + step));
  fill(typed[recalled] || "");
}

function enlarge(source, alt) {
  const box = $("picture");
  box.querySelector("img").src = source;
  box.querySelector("img").alt = alt;
  box.querySelector("p").textContent = alt;
  box.showModal();
}

$("composer").addEventListener("submit", (event) => { event.preventDefault(); send(); });
$("words").addEventListener("input", fit);
$("words").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  const atOwn = !$("words").value || $("words").value === typed[recalled];
  if (event.key === "ArrowUp" && atOwn) { event.preventDefault(); recall(-1); }
  if (event.key === "ArrowDown" && atOwn) { event.preventDefault(); recall(1); }
});
$("clock").addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = new Date($("moment").value).getTime() / 1000;
  moveOn(($("moment").value === offered.value ? offered.seconds : typed) + 1).catch(unreachable);
  $("moment").value = "";
});
$("coming").addEventListener("click", () => { $("tools").open = true; $("moment").form.querySelector("button").focus(); });
$("collect").addEventListener("click", () => post("/page/collect", {}));
setInterval(() => { if (screen?.collecting) refresh().catch(unreachable); }, 5000); // how far it is changes nothing in Slack
$("log").addEventListener("scroll", () => {
  following = $("log").scrollTop > restingPlace() - 60;
});
$("person").addEventListener("change", () => { me = $("person").value; leaveThread(); drawn.clear(); $("log").replaceChildren(); refresh().catch(unreachable); });
$("picture").addEventListener("click", (event) => { if (event.target === $("picture")) $("picture").close(); });

$("reply-stop").addEventListener("click", () => { leaveThread(); $("words").focus(); });

// On a phone the conversation comes first: what else there is waits behind one word.
const phone = matchMedia("(max-width: 700px)");
const fold = () => { $("tools").open = !phone.matches; };
phone.addEventListener("change", fold);
fold();

startWorkflow(post, () => me);
startBehind(post);

const changes = new EventSource("/page/changes");
changes.addEventListener("message", () => refresh().catch(() => unreachable()));
changes.addEventListener("error", unreachable);
