// data_table: sortable and paged as in Slack's clients; and the plain table.

import { make } from "./dom.js";
import { rich } from "./rich.js";

// Tables of so few columns are folded rather than scrolled, so that what is compared stays side by side.
const FEW = 3;

export function dataTable(block, names) {
  const [head, ...rows] = block.rows;
  const size = block.page_size || 5;
  const header = block.row_header_column_index || 0;
  const numeric = head.map((_, column) => rows.every((row) => row[column].type === "raw_number"));
  let order = rows;
  let page = 0;
  let sorted = { column: -1, up: true };

  const body = make("tbody");
  const heads = head.map((cell, column) =>
    make("th", { scope: "col", class: numeric[column] ? "number" : null },
      make("button", { type: "button", onclick: () => sort(column) }, cell.text)));
  const shown = make("span", { role: "status" });
  const back = make("button", { type: "button", onclick: () => turn(-1) }, "Previous");
  const next = make("button", { type: "button", onclick: () => turn(1) }, "Next");

  function sort(column) {
    const up = sorted.column === column ? !sorted.up : !numeric[column];
    sorted = { column, up };
    const by = numeric[column]
      ? (a, b) => a[column].value - b[column].value
      : (a, b) => said(a[column]).localeCompare(said(b[column]), undefined, { numeric: true });
    order = [...rows].sort((a, b) => (up ? by(a, b) : by(b, a)));
    page = 0;
    fill();
  }

  function turn(step) {
    page += step;
    fill();
  }

  function fill() {
    const last = Math.min(order.length, (page + 1) * size);
    body.replaceChildren(...order.slice(page * size, last).map((row) => make("tr", {}, row.map((cell, column) =>
      make(column === header ? "th" : "td", {
        scope: column === header ? "row" : null, class: numeric[column] ? "number" : null }, content(cell, names))))));
    heads.forEach((th, column) => {
      if (sorted.column === column) th.setAttribute("aria-sort", sorted.up ? "ascending" : "descending");
      else th.removeAttribute("aria-sort");
    });
    shown.textContent = `${page * size + 1}–${last} of ${order.length}`;
    back.disabled = page === 0;
    next.disabled = last >= order.length;
  }

  fill();
  const caption = make("caption", { class: "hidden" }, block.caption);
  const table = make("table", { class: head.length <= FEW ? "few" : null }, caption, make("thead", {}, make("tr", {}, heads)), body);
  return make("div", { class: "table" },
    make("div", { class: "caption", "aria-hidden": "true" }, block.caption),
    scrolling(table, block.caption),
    rows.length > size ? make("div", { class: "pages" }, back, shown, next) : null);
}

export function plainTable(block, names) {
  const settings = block.column_settings || [];
  const look = (column) => {
    const { align, is_wrapped: wrapped } = settings[column] || {};
    return [align === "right" ? "number" : "", wrapped ? "wrapped" : ""].join(" ").trim() || null;
  };
  const [head, ...rows] = block.rows;
  const line = (row, name, more) =>
    make("tr", {}, row.map((cell, column) => make(name, { class: `${more} ${look(column) || ""}`.trim() }, content(cell, names))));
  const table = make("table", {}, make("thead", {}, line(head, "th", "bare")),
    make("tbody", {}, rows.map((row) => line(row, "td", ""))));
  return make("div", { class: "table" }, scrolling(table, "Table"));
}

function scrolling(table, label) {
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, table);
}

function content(cell, names) {
  if (cell.type === "rich_text") return rich(cell, names);
  if (cell.type === "action_cell") return content(cell.fallback, names);
  return said(cell);
}

function said(cell) {
  if (cell.type === "action_cell") return said(cell.fallback);
  return cell.text ?? String(cell.value ?? "");
}
