// data_visualization -> SVG: pie, grouped bars, lines and layered areas, as in Slack. Every number is in the label too.

import { draw, make } from "./dom.js";

let WIDE = 640; // units of the drawing: as wide as the place it gets, so that its letters keep their size
const HIGH = 280, LEFT = 54, RIGHT = 10, TOP = 12, BOTTOM = 44;
const COLOURS = 6;

export function chart(block) {
  WIDE = window.innerWidth <= 700 ? Math.max(250, window.innerWidth - 96) : 640;
  const { chart: given } = block;
  const kind = { pie, bar: axes, line: axes, area: axes }[given.type];
  const names = given.type === "pie" ? given.segments.map((part) => part.label) : given.series.map((one) => one.name);
  const picture = draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": spoken(block) }, kind(given));
  return make("figure", { class: "chart" }, make("h4", {}, block.title), picture, names.length > 1 || given.type === "pie"
    ? make("ul", { class: "legend" }, names.map((name, index) => make("li", {}, make("i", { class: tone(index) }), legend(given, name, index))))
    : null);
}

function legend(given, name, index) {
  return given.type === "pie" ? `${name}: ${given.segments[index].value.toLocaleString()}` : name;
}

function spoken({ title, chart: given }) {
  const lines = given.type === "pie"
    ? given.segments.map((part) => `${part.label} ${part.value}`)
    : given.series.map((one) => `${one.name}: ${one.data.map((point) => `${point.label} ${point.value}`).join(", ")}`);
  return `${title}. ${given.type} chart. ${lines.join("; ")}`;
}

const tone = (index) => `s${index % COLOURS}`;

function pie(given) {
  const whole = given.segments.reduce((sum, part) => sum + part.value, 0);
  const radius = HIGH / 2 - 10, x = WIDE / 2, y = HIGH / 2;
  if (given.segments.length === 1) return [draw("circle", { class: `slice ${tone(0)}`, cx: x, cy: y, r: radius })];
  let angle = -Math.PI / 2;
  const at = (turn) => `${x + radius * Math.cos(turn)} ${y + radius * Math.sin(turn)}`;
  return given.segments.map((part, index) => {
    const end = angle + (part.value / whole) * 2 * Math.PI;
    const path = `M${x} ${y} L${at(angle)} A${radius} ${radius} 0 ${end - angle > Math.PI ? 1 : 0} 1 ${at(end)} Z`;
    angle = end;
    return draw("path", { class: `slice ${tone(index)}`, d: path });
  });
}

function axes(given) {
  const { categories, x_label: below, y_label: beside } = given.axis_config;
  const values = given.series.flatMap((one) => one.data.map((point) => point.value));
  const [low, high, step] = scale(Math.min(0, ...values), Math.max(0, ...values));
  const up = (value) => TOP + ((high - value) / (high - low)) * (HIGH - TOP - BOTTOM);
  const slot = (WIDE - LEFT - RIGHT) / categories.length;
  const middle = (index) => LEFT + slot * (index + 0.5);
  const marks = [];
  for (let value = low; value <= high + step / 2; value += step) {
    marks.push(draw("line", { class: Math.abs(value) < step / 2 ? "axis" : "rule", x1: LEFT, x2: WIDE - RIGHT, y1: up(value), y2: up(value) }));
    marks.push(draw("text", { class: "tick", x: LEFT - 6, y: up(value) + 4, "text-anchor": "end" }, short(value)));
  }
  const every = Math.ceil((categories.length * 74) / (WIDE - LEFT));
  const labels = categories.map((name, index) => index % every ? null
    : draw("text", { x: middle(index), y: HIGH - BOTTOM + 18, "text-anchor": "middle" }, name));
  const titles = [
    below && draw("text", { class: "tick", x: (LEFT + WIDE) / 2, y: HIGH - 4, "text-anchor": "middle" }, below),
    beside && draw("text", { class: "tick", x: 12, y: (HIGH - BOTTOM) / 2, "text-anchor": "middle", transform: `rotate(-90 12 ${(HIGH - BOTTOM) / 2})` }, beside),
  ];
  const shapes = given.type === "bar" ? bars(given, slot, middle, up) : lines(given, middle, up);
  return [marks, shapes, labels, titles].flat(2).filter(Boolean);
}

function bars(given, slot, middle, up) {
  const wide = Math.min(60, (slot * 0.76) / given.series.length);
  return given.series.flatMap((one, index) => one.data.flatMap((point, place) => {
    const x = middle(place) + wide * (index - given.series.length / 2);
    const top = Math.min(up(point.value), up(0)), height = Math.abs(up(point.value) - up(0));
    const bar = draw("rect", { class: `bar ${tone(index)}`, x: x + 1, y: top, width: wide - 2, height, rx: 2 });
    const label = draw("text", { x: x + wide / 2, y: top - 3, "text-anchor": "middle" }, short(point.value));
    return wide >= 26 ? [bar, label] : [bar];
  }));
}

function lines(given, middle, up) {
  return given.series.map((one, index) => {
    const path = one.data.map((point, place) => `${place ? "L" : "M"}${middle(place)} ${up(point.value)}`).join(" ");
    if (given.type === "line") return draw("path", { class: `line ${tone(index)}`, d: path });
    const closed = `${path} L${middle(one.data.length - 1)} ${up(0)} L${middle(0)} ${up(0)} Z`;
    return draw("path", { class: `area ${tone(index)}`, d: closed });
  });
}

function scale(low, high) {
  const span = high - low || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((one) => one >= rough);
  return [Math.floor(low / step) * step, (Math.ceil(high / step) || 1) * step, step];
}

function short(value) {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 }).format(value);
}
