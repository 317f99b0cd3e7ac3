// The records of the document on show, as cards.
"use strict";

let drawCards = []; // draw more of each list of cards

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
