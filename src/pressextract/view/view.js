// The documents: which is on show, the list, search, and the controls.
"use strict";

const blocks = document.querySelectorAll("script.document");
const index = read("index");
const parse = (number) => JSON.parse(blocks[number].textContent);

let shown = null; // the number of the document on show
let matching = index.map((_, number) => number); // the documents that have what is searched for
let drawItems = null; // draws more of the list of documents

function show(wanted) {
  const isOther = wanted !== shown;
  shown = wanted;
  current = parse(shown);
  current.kinds = current.kinds.map((kind) => kinds[kind]);
  const { id, title, published, language: variety } = current;
  $("headline").textContent = title ?? id;
  const facts = [title && id, published && say("published", { date: edtf(published) }), say(`variety_${variety}`)];
  $("about").replaceChildren(...facts.filter(Boolean).flatMap((fact, i) => (i ? [" · ", foreign(fact)] : [foreign(fact)])));
  document.title = `${title ?? id} – pressextract`;
  drawText();
  drawRecords();
  paint();
  markHits();
  markPlace();
  if (isOther) for (const pane of [$("reading"), $("records"), document.documentElement]) pane.scrollTop = 0;
}

/** Where the document on show stands among those that match. */
function markPlace() {
  const place = matching.indexOf(shown);
  const count = number.format(matching.length);
  $("position").textContent = say("document_of", { number: place < 0 ? "–" : number.format(place + 1), count });
  $("previous").disabled = place <= 0;
  $("next").disabled = place < 0 || place === matching.length - 1;
  drawItems(place + 1);
  for (const item of $("items").querySelectorAll("[aria-current]")) {
    item.removeAttribute("aria-current");
    item.tabIndex = -1;
  }
  const item = $("items").children[place]?.firstChild;
  item?.setAttribute("aria-current", "true");
  if (item) item.tabIndex = 0; // the others are reached by arrow keys
  item?.scrollIntoView({ block: "nearest" });
}

function drawItem(wanted) {
  const { id, title, published, grants, roles } = index[wanted];
  const facts = [published, grants && sayCount("count_grants", grants), roles && sayCount("count_roles", roles)];
  const under = [title && foreign(id), ...facts].filter(Boolean).flatMap((fact, i) => (i ? [" · ", fact] : [fact]));
  const button = element("button", { type: "button", tabindex: -1 }, foreign(title ?? id, "b"), element("span", {}, ...under));
  button.addEventListener("click", () => { go(wanted); openList(false); });
  return element("li", {}, button);
}

function drawList() {
  drawItems = lazyList($("items"), matching, drawItem);
}

/** Goes to a document by its address, so that the browser's back and forward work. */
function go(wanted) {
  location.hash = wanted + 1;
}

function step(by) {
  const wanted = matching[matching.indexOf(shown) + by];
  if (wanted !== undefined) go(wanted);
}

function showAddress() {
  const wanted = Number(location.hash.slice(1)) - 1;
  show(index[wanted] ? wanted : 0);
}

function openList(isOpen) {
  $("list").classList.toggle("is-open", isOpen);
  $("list-toggle").setAttribute("aria-expanded", isOpen);
}

// Search

const searchable = []; // by document, filled by the first search

/** What finds a query, whatever its case and the soft hyphens in the text; null for none. */
function pattern(query) {
  if (!query.trim()) return null;
  const characters = [...query.trim()].map((c) => (/\s/.test(c) ? "\\s+" : c.replace(/[\\^$.*+?()[\]{}|/]/, "\\$&")));
  return new RegExp(characters.join("\\u00ad?"), "giu");
}

function search() {
  const wanted = pattern($("search").value);
  if (wanted && !searchable.length) {
    for (let n = 0; n < blocks.length; n++) {
      const { id, title, text } = parse(n);
      searchable.push([id, title ?? "", text].join("\n"));
    }
  }
  matching = [...index.keys()].filter((n) => wanted === null || searchable[n].search(wanted) >= 0);
  $("found").textContent = wanted === null ? "" : matching.length ? say("found", { count: number.format(matching.length) }) : say("found_none");
  drawList();
  if (matching.length && !matching.includes(shown)) go(matching[0]);
  else {
    markHits();
    markPlace();
  }
}

/** Marks what is searched for in the text on show; browsers without highlights find the documents all the same. */
function markHits() {
  if (!globalThis.Highlight) return;
  const wanted = pattern($("search").value);
  let at = 0;
  const place = (offset) => { // each is asked for a later one
    while (at + 1 < pieces.length && pieces[at + 1].start <= offset) at++;
    return [pieces[at].text, offset - pieces[at].start];
  };
  const hits = new Highlight();
  for (const found of wanted === null ? [] : current.text.matchAll(wanted)) {
    const range = new Range();
    range.setStart(...place(found.index));
    range.setEnd(...place(found.index + found[0].length));
    hits.add(range);
  }
  CSS.highlights.set("search", hits);
  const [first] = hits;
  bringIntoView(first);
}

// Controls

function toggle(group) {
  hidden[hidden.has(group) ? "delete" : "add"](group);
  $("kinds").querySelector(`[data-group=${group}]`).setAttribute("aria-pressed", !hidden.has(group));
  drawRecords();
  paint();
}

function filter() {
  $("least").textContent = percent($("confidence").value / 100);
  drawRecords();
  paint();
}

function letGo() {
  if ($("list").classList.contains("is-open")) openList(false);
  else if (pinned) pin(null);
  else if ($("search").value) {
    $("search").value = "";
    search();
  }
}

const keys = {
  j: () => step(1), ArrowRight: () => step(1), k: () => step(-1), ArrowLeft: () => step(-1),
  "/": () => $("search").select(), "?": () => $("keys").showModal(), Escape: letGo,
};
Object.keys(kindOf).forEach((group, i) => { keys[i + 1] = () => toggle(group); });

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  const isTyping = event.target === $("search");
  if (isTyping && event.key === "Enter") step(1);
  else if (isTyping && event.key === "Escape") {
    $("search").value = "";
    search();
    $("search").blur();
  } else if (!isTyping && keys[event.key] && !(event.target === $("confidence") && event.key.startsWith("Arrow"))) keys[event.key]();
  else return;
  event.preventDefault();
});

$("items").addEventListener("keydown", (event) => {
  const sibling = { ArrowDown: "nextSibling", ArrowUp: "previousSibling" }[event.key];
  if (!sibling) return;
  event.preventDefault();
  event.target.closest("li")[sibling]?.firstChild?.focus();
});
for (const button of $("kinds").children) button.addEventListener("click", () => toggle(button.dataset.group));
$("confidence").addEventListener("input", filter);
$("search").placeholder = say("search");
$("search").addEventListener("input", search);
$("previous").addEventListener("click", () => step(-1));
$("next").addEventListener("click", () => step(1));
$("help").addEventListener("click", keys["?"]);
$("reading").addEventListener("click", () => openList(false));
$("list-toggle").addEventListener("click", () => openList(!$("list").classList.contains("is-open")));
addEventListener("hashchange", showAddress);

document.body.classList.toggle("is-single", index.length === 1);
$("least").textContent = percent(0);
drawList();
showAddress();
