// The text of the document on show, in segments, and what a card draws in it.
"use strict";

const kindOf = read("kinds-of-marks"); // group of cards -> kind of its marks
const kinds = Object.values(kindOf);
const groupOf = Object.fromEntries(Object.entries(kindOf).map(([group, kind]) => [kind, group]));
const hidden = new Set(); // groups that are not shown

let current = null; // the document on show
let pieces = []; // its text: {start, text, span, over}; span is null where no mark is
let piecesOf = []; // by mark: the pieces it covers
let pinned = null; // the card whose marks stay
let drawn = null; // the card whose marks are drawn

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
