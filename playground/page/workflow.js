// Workflow Builder, as far as one step goes: its form, whose question the bot offers as one types, and what became of runs.

import { make } from "./dom.js";

const $ = (id) => document.getElementById(id);
const WAIT = 250; // milliseconds after the last letter: Slack asks the app at each
let asked = 0;
let timer = null;

export function startWorkflow(send, me) {
  $("workflow-open").addEventListener("click", () => { $("workflow").showModal(); offer(""); $("step-words").focus(); });
  $("step-words").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => offer($("step-words").value), WAIT); });
  $("workflow-form").addEventListener("submit", (event) => {
    event.preventDefault();
    send("/page/step", { user: me(), question: $("step-question").value, channel: $("step-channel").value, changed: $("step-changed").checked });
  });
  $("workflow-close").addEventListener("click", () => $("workflow").close());

  async function offer(query) {
    const mine = asked += 1;
    const reply = await fetch("/page/offer", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ user: me(), query }) });
    if (mine !== asked || !reply.ok) return;
    const { options } = await reply.json();
    $("step-question").replaceChildren(...options.map((one) => make("option", { value: one.value }, one.text.text)));
    $("step-run").disabled = !options.length;
    $("step-offered").textContent = options.length ? `${options.length} offered; the first is ${options[0].value}.`
      : "Nothing that a step could ask is understood by that.";
  }
}

export function showRuns(screen) {
  $("workflow-open").hidden = !screen.has_step;
  const chosen = $("step-channel").value;
  const open = screen.channels.filter((one) => ["public", "private"].includes(one.kind));
  if (open.length !== $("step-channel").length) {
    $("step-channel").replaceChildren(...open.map((one) => make("option", { value: one.id, selected: one.id === chosen }, `#${one.name}`)));
  }
  const key = JSON.stringify(screen.runs);
  if (key === $("runs").dataset.key) return;
  $("runs").dataset.key = key;
  $("runs").replaceChildren(...screen.runs.map(run).reverse());
}

function run({ question, state, error, outputs }) {
  const told = state === "failed" ? [make("p", {}, error)]
    : [make("dl", {}, Object.entries(outputs).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value || "–")]))];
  return make("div", { class: "run" }, make("p", { class: "caption" }, question, make("span", { class: "note" }, state)), told);
}
