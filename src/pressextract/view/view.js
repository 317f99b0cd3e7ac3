// One document at a time: its text in segments, its cards, and what a card draws in the text.
"use strict";

const $ = (id) => document.getElementById(id);
const blocks = document.querySelectorAll("script.document");
const index = read("index");
const kindOf = read("kinds-of-marks"); // group of cards -> kind of its marks
const kinds = Object.values(kindOf);
const groupOf = Object.fromEntries(Object.entries(kindOf).map(([group, kind]) => [kind, group]));
const hidden = new Set(); // groups that are not shown
const parse = (number) => JSON.parse(blocks[number].textContent);

let shown = null; // the number of the document on show
let current = null; // its data
let pieces = []; // its text: {start, text, span, over}; span is null where no mark is
let piecesOf = []; // by mark: the pieces it covers
let matching = index.map((_, number) => number); // the documents that have what is searched for
let pinned = null; // the card whose marks stay
let drawn = null; // the card whose marks are drawn
let drawItems = null;
let drawCards = [];

// The text

function drawText() {
  piecesOf = current.kinds.map(() => []);
  let start = 0;
  pieces = current.segments.map(([end, ...over]) => {
    const text = document.createTextNode(current.text.slice(start, end));
    const span = over.length ? element("span", { class: "mark" }, text) : null;
    const piece = { start, text, span, over };
    for (const mark of over) piecesOf[mark].push(piece);
    start = end;
    return piece;
  });
  $("text").lang = current.language;
  const all = new DocumentFragment(); // a long text has more pieces than a call may have arguments
  for (const { span, text } of pieces) all.append(span ?? text);
  $("text").replaceChildren(all);
}

/** Gives each piece the tint of its innermost mark that is shown, and the line of its outermost. */
function paint() {
  const titles = new Set(cardsOf("roles").flatMap(({ card }) => card.draws.title));
  const isShown = (mark) => {
    const kind = current.kinds[mark];
    return kind !== "evidence" && !hidden.has(groupOf[kind]) && (kind !== "title" || titles.has(mark));
  };
  for (const { span, over } of pieces) {
    if (span === null) continue;
    const seen = over.filter(isShown).map((mark) => current.kinds[mark]);
    span.className = seen.length ? `mark tint-${seen.at(-1)} line-${seen[0]} ${[...new Set(seen)].join(" ")}` : "mark";
  }
}

const quote = (mark) => piecesOf[mark].map(({ text }) => text.data).join("");

// What a card draws

function drawMarks(card) {
  if (card === drawn) return;
  eraseMarks();
  drawn = card;
  if (card === null) return;
  $("text").classList.add("is-drawing");
  for (const [part, marks] of Object.entries(card.draws)) {
    for (const spans of marks.map((mark) => piecesOf[mark].map(({ span }) => span))) {
      for (const span of spans) span.classList.add("is-drawn", `part-${part}`);
      if (part === "evidence") {
        spans.at(0)?.classList.add("is-first");
        spans.at(-1)?.classList.add("is-last");
      } else if (spans.length && (part === "funder" || part === "recipient")) spans[0].dataset.part = say(part);
    }
  }
}

function eraseMarks() {
  drawn = null;
  $("text").classList.remove("is-drawing");
  for (const span of $("text").querySelectorAll(".is-drawn")) {
    span.classList.remove(...[...span.classList].filter((name) => name.startsWith("is-") || name.startsWith("part-")));
    delete span.dataset.part;
  }
}

const cardAt = (node) => {
  const place = node?.closest?.(".card");
  return place ? current.cards[place.dataset.group][place.dataset.number] : null;
};

function pin(card) {
  pinned = card;
  for (const button of $("records").querySelectorAll(".pin")) button.setAttribute("aria-pressed", cardAt(button) === pinned);
  drawMarks(pinned);
  if (pinned) bringIntoView($("text").querySelector(".part-evidence, .part-mention"));
}

/** Scrolls the text to an element or range, where it scrolls by itself; on a small screen the reader stays at the card. */
function bringIntoView(place) {
  const pane = $("reading");
  if (!place || getComputedStyle(pane).overflowY !== "auto") return;
  const { top, bottom } = pane.getBoundingClientRect();
  const from = place.getBoundingClientRect().top;
  if (from < top || from > bottom - 50) pane.scrollTop += from - (top + bottom) / 2;
}

for (const event of ["mouseover", "focusin"]) $("records").addEventListener(event, ({ target }) => drawMarks(cardAt(target) ?? pinned));
for (const event of ["mouseleave", "focusout"]) $("records").addEventListener(event, () => drawMarks(pinned));
$("records").addEventListener("click", ({ target }) => {
  const card = cardAt(target);
  if (card && getSelection().isCollapsed) pin(card === pinned ? null : card);
});

// Cards

/** The cards of a group that are sure enough, with their numbers. */
function cardsOf(group) {
  const least = $("confidence").value / 100;
  return current.cards[group].map((card, number) => ({ card, number })).filter(({ card }) => (card.confidence ?? 1) >= least);
}

function row(key, ...content) {
  return element("div", {}, element("dt", {}, say(key)), element("dd", {}, ...content));
}

function party(key, names) {
  return row(key, ...(names.length ? names.flatMap((name, i) => (i ? [", ", foreign(name)] : [foreign(name)])) : [say("not_named")]));
}

/** By group: a card's heading, the tag beside it, and what stands under it. */
const faces = {
  grants: ({ amount, status, funders, recipients, programme, project, duration: length }) => ({
    heading: amount ? money(amount) : say("no_amount"),
    tag: say(`status_${status}`),
    body: [element("dl", {}, party("funder", funders), party("recipient", recipients),
      programme ? row("programme", foreign(programme)) : null, project ? row("project", foreign(project)) : null,
      length ? row("duration", duration(length)) : null)],
  }),
  roles: ({ person, title, organisation }) => ({
    heading: foreign(person),
    body: [element("p", {}, title ? foreign(title) : element("i", {}, say("no_title")),
      organisation ? " · " : null, organisation ? foreign(organisation) : null)],
  }),
  people: ({ name, aliases, contacts }) => ({
    heading: foreign(name), body: [also(aliases), ...contacts.map((contact) => foreign(contact, "p"))],
  }),
  organisations: ({ name, aliases, kind }) => ({
    heading: foreign(name), tag: kind === "other" ? null : say(`kind_${kind}`), body: [also(aliases)],
  }),
  amounts: ({ amount, draws }) => ({ heading: money(amount), body: [quoted(draws)] }),
  dates: ({ edtf: date, draws }) => ({ heading: date === undefined ? say("undated") : edtf(date), body: [quoted(draws)] }),
};

const quoted = ({ mention: [mark] }) => foreign(`«${quote(mark)}»`, "p");
const also = (names) => (names.length ? element("p", { class: "small muted" }, foreign(say("also", { names: names.join(", ") }))) : null);

function drawCard(group, { card, number }) {
  const { heading, tag, body } = faces[group](card);
  const evidence = (card.draws.evidence ?? []).map((mark) => foreign(quote(mark), "blockquote"));
  return element("li", { class: "card", "data-group": group, "data-number": number },
    element("header", {},
      element("h3", {}, element("button", { type: "button", class: "pin", "aria-pressed": "false" }, heading)),
      tag ? element("span", { class: "tag" }, tag) : null, "confidence" in card ? meter(card.confidence) : null),
    ...body, ...evidence);
}

function meter(confidence) {
  const node = element("span", { class: "meter", title: say("confidence") }, percent(confidence));
  node.style.setProperty("--share", confidence);
  return node;
}

function drawRecords() {
  drawCards = [];
  pinned = null;
  eraseMarks();
  const sections = Object.keys(kindOf).filter((group) => !hidden.has(group) && current.cards[group].length).map((group) => {
    const cards = cardsOf(group);
    const [shown, count] = [cards.length, current.cards[group].length].map((n) => number.format(n));
    const list = element("ul", { class: `cards ${group}` });
    drawCards.push(lazyList(list, cards, (item) => drawCard(group, item)));
    const counted = shown === count ? count : say("of_shown", { shown, count });
    return element("section", {}, element("h2", {}, `${say(group)} `, element("span", { class: "count" }, counted)), list);
  });
  $("records").replaceChildren(...(sections.length ? sections : [element("p", { class: "notice" }, say("nothing_shown"))]));
}

addEventListener("beforeprint", () => drawCards.forEach((draw) => draw(Infinity)));

// Documents

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
