// The form a bot opened: inputs with their labels and hints, what was wrong beside each field, submitted as a whole.

import { make } from "./dom.js";

const $ = (id) => document.getElementById(id);
let shown = null; // the view's hash: the form is drawn once, so that nothing typed is lost

export function showModal(modal, answer) {
  const box = $("modal");
  if (!modal) { if (box.open) box.close(); shown = null; return; }
  if (shown !== modal.view.hash) drawForm(modal.view, answer);
  showErrors(modal.errors);
  if (!box.open) box.showModal();
}

function drawForm(view, answer) {
  shown = view.hash;
  $("modal-title").textContent = view.title.text;
  $("modal-submit").textContent = view.submit?.text || "Submit";
  $("modal-close").textContent = view.close?.text || "Cancel";
  $("modal-fields").replaceChildren(...view.blocks.filter((block) => block.type === "input").map(field));
  $("modal-close").onclick = () => answer({ close: true });
  $("modal").oncancel = (event) => { event.preventDefault(); answer({ close: true }); };
  $("modal-form").onsubmit = (event) => { event.preventDefault(); answer({ values: valuesOf(view) }); };
}

function field(block) {
  const id = `field-${block.block_id}`;
  const notes = [make("p", { class: "trouble", id: `${id}-trouble`, role: "alert" }),
    block.hint ? make("p", { class: "hint" }, block.hint.text) : null];
  const choice = block.element.type === "checkboxes" || block.element.type === "radio_buttons";
  const label = block.label.text + (block.optional ? " (optional)" : "");
  if (choice) return make("fieldset", { "data-block": block.block_id }, make("legend", {}, label), choices(block, id), notes);
  return make("div", { "data-block": block.block_id }, make("label", { for: id }, label), input(block.element, id), notes);
}

function choices({ element }, id) {
  const type = element.type === "checkboxes" ? "checkbox" : "radio";
  const chosen = (element.initial_options || [element.initial_option]).map((option) => option?.value);
  return element.options.map((option) => make("label", { class: "choice" },
    make("input", { type, name: id, value: option.value, checked: chosen.includes(option.value) }), " ", option.text.text));
}

function input(element, id) {
  const about = { id, "aria-describedby": `${id}-trouble` };
  if (element.type === "static_select") {
    return make("select", about, element.options.map((option) =>
      make("option", { value: option.value, selected: option.value === element.initial_option?.value }, option.text.text)));
  }
  if (element.type === "timepicker") return make("input", { ...about, type: "time", value: element.initial_time });
  return make("input", { ...about, type: "text", value: element.initial_value });
}

function valuesOf(view) {
  const read = ({ block_id, element }) => {
    const place = document.querySelector(`[data-block="${block_id}"]`);
    if (element.type === "checkboxes") return [...place.querySelectorAll("input:checked")].map((one) => one.value);
    if (element.type === "radio_buttons") return place.querySelector("input:checked")?.value || null;
    return place.querySelector("input, select").value;
  };
  return Object.fromEntries(view.blocks.filter((block) => block.type === "input").map((block) => [block.block_id, read(block)]));
}

function showErrors(errors) {
  $("modal-trouble").textContent = errors[""] || "";
  for (const place of document.querySelectorAll("[data-block]")) {
    place.querySelector(".trouble").textContent = errors[place.dataset.block] || "";
  }
}
