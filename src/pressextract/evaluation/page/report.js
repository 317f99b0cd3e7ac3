// An evaluation: its tables and diagrams, what changed, and its errors by field and cause.
"use strict";

const scores = read("scores-data");
const errors = read("errors-data");
const varieties = Object.entries(scores.varieties);
let only = null; // the document whose errors are shown; null for all
let drawLists = []; // draws what a list has not drawn yet, before printing

const shareFormat = new Intl.NumberFormat(locale, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const pointFormat = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });
const share = (value) => (value == null ? "–" : shareFormat.format(value)); // "96,3 %"
const points = (value) => (value == null ? "–" : pointFormat.format(100 * value)); // "+6,8"

/** An interval in words, of shares as whole hundredths, of differences with their signs. */
const interval = (ends, format) => say("interval", { low: format(ends[0]), high: format(ends[1]) });

// Tables

const cell = (content, attributes = {}) => element("td", attributes, content);

/** A table whose columns are [head, explanation], and whose bodies are lists of rows; a row's first cell is its head. */
function fill(table, columns, ...bodies) {
  const heads = columns.map(([head, title]) => element("th", title ? { scope: "col", title } : { scope: "col" }, head));
  table.replaceChildren(element("thead", {}, element("tr", {}, ...heads)), ...bodies.filter((rows) => rows.length).map((rows) =>
    element("tbody", {}, ...rows.map(([head, ...cells]) => element("tr", {}, element("th", { scope: "row" }, head), ...cells)))));
}

function open(id) {
  const section = $(id);
  section.hidden = false;
  $("parts").append(element("a", { href: `#${id}` }, section.querySelector("h2").textContent));
  return section;
}

function drawScores() {
  const table = open("scores").querySelector("table");
  const counted = [["right", "explain_right"], ["spurious", "explain_spurious"], ["missed", "explain_missed"]];
  const columns = [
    [""], ["F1", say("explain_f1")], [say("range")], [say("precision"), say("explain_precision")], [say("recall"), say("explain_recall")],
    ...counted.map(([key, explained]) => [say(key), say(explained)]), ...varieties.map(([name, { documents }]) => [`${say(`variety_${name}`)} (${documents})`]),
  ];
  const fields = Object.entries(scores.fields).map(([field, of]) => [
    say(`field_${field}`), cell(share(of.f1), { class: "main" }), cell(range(of.f1, scores.intervals[field])), cell(share(of.precision)), cell(share(of.recall)),
    ...[of.true_positives, of.false_positives, of.false_negatives].map((count) => cell(number.format(count))),
    ...varieties.map(([, own]) => cell(share(own.fields[field]?.f1))),
  ]);
  const shares = Object.entries(scores.accuracies).map(([name, of]) => [
    say(`field_${name}`), cell(share(of), { class: "main" }), cell(range(of, scores.intervals[name])), element("td", { colspan: 5 }),
    ...varieties.map(([, own]) => cell(share(own.accuracies[name]))),
  ]);
  fill(table, columns, fields, shares);
}

function drawMentions() {
  const table = open("mentions").querySelector("table");
  const schemes = ["strict", "exact", "partial", "ent_type"];
  const columns = [[""], ...schemes.map((scheme) => [say(`scheme_${scheme}`), say(`explain_${scheme}`)]), [say("range")],
    ...varieties.map(([name]) => [say(`variety_${name}`)])];
  fill(table, columns, Object.entries(scores.mentions).map(([type, of]) => [
    messages.en[`label_${type}`] ? say(`label_${type}`) : type, ...schemes.map((scheme, i) => cell(share(of[scheme].f1), i ? {} : { class: "main" })),
    cell(range(of.strict.f1, of.strict.interval)), ...varieties.map(([, own]) => cell(share(own.mentions[type]?.strict.f1))),
  ]));
}

function drawDocuments() {
  const table = open("documents").querySelector("table");
  const wrong = Map.groupBy(errors, ({ document: id }) => id);
  const count = (id) => wrong.get(id)?.length ?? 0;
  const fields = Object.keys(scores.fields);
  const rows = scores.by_document.toSorted((a, b) => count(b.doc_id) - count(a.doc_id)).map(({ doc_id: id, language: variety, fields: of }) => {
    const button = element("button", { type: "button", title: say("show_errors_of", { name: id }) }, foreign(id));
    button.addEventListener("click", () => showOnly(id));
    return [button, cell(say(`variety_${variety}`)), cell(number.format(count(id)), { class: "main" }), ...fields.map((field) => cell(share(of[field]?.f1)))];
  });
  fill(table, [[say("document")], [say("variety")], [say("errors")], ...fields.map((field) => [say(`field_${field}`)])], rows);
}

// Diagrams

function drawn(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

/** A score on a line from low to high, with its interval. */
function range(value, bounds, [low, high] = [0, 1]) {
  if (value == null) return "";
  const x = (at) => 4 + 120 * ((at - low) / (high - low));
  const words = bounds ? interval(bounds, low < 0 ? points : (end) => number.format(Math.round(1000 * end) / 10)) : "";
  const picture = drawn("svg", { class: "range", viewBox: "0 0 128 16", "aria-hidden": "true" },
    drawn("line", { class: "axis", x1: 4, x2: 124, y1: 8, y2: 8 }),
    ...(low < 0 ? [drawn("line", { class: "zero", x1: x(0), x2: x(0), y1: 2, y2: 14 })] : []),
    ...(bounds ? [drawn("line", { class: "span", x1: x(bounds[0]), x2: x(bounds[1]), y1: 8, y2: 8 })] : []),
    drawn("circle", { class: "dot", cx: x(value), cy: 8, r: 3.5 }));
  return element("div", { class: "between" }, picture, element("span", {}, words));
}

/** Confidence across, the share that is right upwards; a dot's area grows with its records. */
function diagram(name, bins) {
  const [left, size, bottom] = [54, 200, 214];
  const x = (at) => left + size * at;
  const y = (at) => bottom - size * at;
  const most = Math.max(...bins.map(({ records }) => records));
  const ticks = [0, 0.5, 1].flatMap((at) => [
    drawn("text", { x: x(at), y: bottom + 14, "text-anchor": at === 0 ? "start" : at === 1 ? "end" : "middle" }, percent(at)),
    drawn("text", { x: left - 4, y: y(at) + 4, "text-anchor": "end" }, percent(at))]);
  const dots = bins.flatMap(({ records, confidence, right }) => [
    drawn("line", { class: "gap", x1: x(confidence), x2: x(confidence), y1: y(right), y2: y(confidence) }),
    drawn("circle", { class: "dot", cx: x(confidence), cy: y(right), r: 3 + 9 * Math.sqrt(records / most) },
      drawn("title", {}, say("bin", { records: number.format(records), confidence: percent(confidence), right: percent(right) })))]);
  const words = bins.map(({ records, confidence, right }) => say("bin", { records: number.format(records), confidence: percent(confidence), right: percent(right) }));
  const caption = say("calibration", { what: say(`judged_${name}`), error: points(scores.calibration_error[name]).replace("+", "") });
  return element("figure", { class: "card" }, element("figcaption", {}, caption),
    drawn("svg", { class: "diagram", viewBox: "0 0 264 250", role: "img", "aria-label": words.join("; ") },
      drawn("rect", { class: "frame", x: left, y: bottom - size, width: size, height: size }),
      drawn("line", { class: "ideal", x1: x(0), y1: y(0), x2: x(1), y2: y(1) }), ...ticks, ...dots,
      drawn("text", { x: left + size / 2, y: 246, "text-anchor": "middle" }, say("axis_confidence")),
      drawn("text", { x: -(bottom - size / 2), y: 11, "text-anchor": "middle", transform: "rotate(-90)" }, say("axis_right"))));
}

function drawConfidence(judged) {
  open("confidence").querySelector(".diagrams").replaceChildren(...judged.map(([name, bins]) => diagram(name, bins)));
}

// What changed

function drawChanges({ fields, better, worse }) {
  const section = open("changes");
  const changed = Object.entries(fields).map(([field, { before, after, interval: bounds }]) => {
    const by = before == null || after == null ? null : after - before;
    const widest = Math.max(0.1, ...Object.values(fields).flatMap(({ interval: ends }) => (ends ?? []).map(Math.abs)));
    const sure = bounds && (bounds[0] > 0 ? " is-up" : bounds[1] < 0 ? " is-down" : "");
    const count = (side) => side.filter((change) => change.field === field).length;
    const counts = field === "grant_slots" ? [cell(""), cell("")] : [cell(number.format(count(better))), cell(number.format(count(worse)))];
    return [say(`field_${field}`), cell(share(before)), cell(share(after)), cell(points(by), { class: `main${sure ?? ""}` }),
      cell(range(by, bounds, [-widest, widest])), ...counts];
  });
  fill(section.querySelector("table"), [[""], [say("before")], [say("now")], [say("difference"), say("explain_difference")], [say("range")], [say("better")], [say("worse")]], changed);
  section.querySelector(".sides").replaceChildren(side("better", better), side("worse", worse));
}

function side(key, changes) {
  const list = element("ul", {});
  drawLists.push(lazyList(list, changes, ({ doc_id: id, field, kind, item }) => element("li", {},
    element("span", { class: "muted" }, `${say(`field_${field}`)}, ${say(`change_${kind}`)}: `), foreign(item.filter((part) => part !== "–").join(" · ")), " ",
    foreign(id, "small"))));
  return element("div", { class: "card" }, element("h3", { class: key === "better" ? "is-up" : "is-down" }, `${say(key)}: ${number.format(changes.length)}`),
    changes.length ? list : element("p", { class: "muted" }, say("none")));
}

// Errors

function drawErrors() {
  const shown = only === null ? errors : errors.filter(({ document }) => document === only);
  drawLists = drawLists.filter((draw) => !draw.isError);
  $("only").hidden = only === null;
  $("only").firstElementChild.replaceChildren(...(only === null ? [] : [say("only_errors_of"), " ", foreign(only), " ✕"]));
  const groups = Object.entries(scores.causes).map(([field, causes]) => {
    const lists = Object.keys(causes).map((cause) => [cause, shown.filter((error) => error.field === field && error.cause === cause)]).filter(([, list]) => list.length);
    const count = lists.reduce((sum, [, list]) => sum + list.length, 0);
    return count ? element("div", {}, element("h3", {}, say(`field_${field}`), " ", element("span", { class: "muted" }, number.format(count))),
      ...lists.map(([cause, list]) => group(cause, list, only !== null))) : null;
  }).filter(Boolean);
  $("errors").querySelector(".groups").replaceChildren(...(groups.length ? groups : [element("p", { class: "notice" }, say("no_errors"))]));
}

/** The errors of one cause, drawn when they are first looked at. */
function group(cause, list, isOpen) {
  const place = element("ul", { class: "errors" });
  let draw = null;
  const details = element("details", {}, element("summary", {}, say(`cause_${cause}`), element("span", { class: "count" }, number.format(list.length))), place);
  const drawTo = (count) => {
    draw ??= lazyList(place, list, drawError, 20);
    draw(count);
  };
  details.addEventListener("toggle", () => details.open && drawTo(20));
  details.open = isOpen;
  const drawAll = () => {
    details.open = true;
    drawTo(Infinity);
  };
  drawAll.isError = true;
  drawLists.push(drawAll);
  return details;
}

function drawError({ document: id, gold, predicted, confidence, excerpts }) {
  return element("li", { class: "card" },
    element("header", {}, foreign(id), confidence === null ? null : element("span", {}, say("sure", { share: percent(confidence) }))),
    element("div", { class: "pair" }, item("gold", gold, predicted), item("predicted", predicted, gold)),
    ...excerpts.map((pieces) => element("blockquote", {}, ...pieces.map(([text, mark]) => (mark ? element("mark", { class: mark, title: say(`side_${mark}`) }, text) : text)))));
}

/** One side of an error: its parts, those marked in which the other side differs. */
function item(name, parts, other) {
  const rows = parts === null ? [] : Object.entries(parts).filter(([part, value]) => value !== "–" || (other?.[part] ?? "–") !== "–").map(([part, value]) =>
    element("div", other !== null && other[part] !== value ? { class: "differs" } : {}, element("dt", {}, say(`part_${part}`)), element("dd", {}, foreign(worded(part, value)))));
  return element("div", { class: name }, element("h4", {}, say(`side_${name}`)),
    parts === null ? element("p", { class: "muted" }, say(name === "gold" ? "gold_has_none" : "predicted_has_none")) : element("dl", {}, ...rows));
}

/** A value as its reader writes it. */
function worded(part, value) {
  if (value === "–") return say("nothing");
  if (part === "status") return say(`status_${value}`);
  if (part === "duration") return duration(value);
  if (part === "amount") return sum(value);
  if (part === "value" || part === "upper") return number.format(value);
  if (part === "modifier") return say(`modifier_${value}`, { sum: "…" });
  if (part === "edtf") return edtf(value);
  if (part === "language") return say(`variety_${value}`);
  if (part === "type" && messages.en[`label_${value}`]) return say(`label_${value}`);
  return value;
}

/** A sum in words: "2000000 3000000 NOK max". */
function sum(words) {
  const [, value, upper, currency, modifier] = /^(\S+)(?: (\d\S*))? ([A-Z]{3})(?: (\w+))?$/.exec(words);
  return money({ value, upper, currency, modifier });
}

function showOnly(id) {
  only = id;
  drawErrors();
  $("errors").scrollIntoView();
}

$("only").firstElementChild.addEventListener("click", () => showOnly(null));
addEventListener("beforeprint", () => {
  document.querySelector(".legend").open = true;
  drawLists.forEach((draw) => draw(Infinity));
});

$("size").textContent = say(`size_${scores.unit}`, { count: number.format(scores.documents), errors: number.format(errors.length) });
$("gist").textContent = gist();
if (Object.keys(scores.fields).length) drawScores();
if (scores.against) drawChanges(scores.against);
if (Object.keys(scores.mentions).length) drawMentions();
const judged = Object.entries(scores.reliability).filter(([, bins]) => bins.length);
if (judged.length) drawConfidence(judged);
if (scores.by_document.length) drawDocuments();
open("errors");
drawErrors();

/** The scores in two sentences: what can be relied on, and what is to be checked. */
function gist() {
  const all = Object.entries(scores.fields).filter(([field, { f1 }]) => f1 !== null && field !== "grant_slots");
  const names = (entries) => new Intl.ListFormat(locale).format(entries.map(([field, { f1 }]) => `${say(`field_${field}`).toLowerCase()} (${percent(f1)})`));
  const sorted = all.toSorted(([, a], [, b]) => b.f1 - a.f1);
  const [good, poor] = [sorted.filter(([, { f1 }]) => f1 >= 0.9), sorted.filter(([, { f1 }]) => f1 < 0.9)];
  return [good.length ? say("gist_good", { names: names(good) }) : "", poor.length ? say("gist_poor", { names: names(poor) }) : ""].join(" ").trim();
}
