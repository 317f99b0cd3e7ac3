// What all pages share: texts in the reader's language, numbers and dates in words, elements, long lists, light and dark.
// Elements get their content as text, never as markup.
"use strict";

const $ = (id) => document.getElementById(id);
const read = (id) => JSON.parse($(id).textContent);

const messages = read("messages");
const language = (() => {
  const known = { no: "nb", nb: "nb", nn: "nn", en: "en" };
  const asked = navigator.languages.map((tag) => known[tag.split("-")[0].toLowerCase()]).find(Boolean);
  return asked ?? "en";
})();
const locale = language === "en" ? "en-GB" : language;
document.documentElement.lang = language;

/** The text of a key; "{n}" in it stands for values.n. */
function say(key, values = {}) {
  return messages[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The text of a key for so many of a thing: "KEY_one", "KEY_other". */
const sayCount = (key, count) => say(`${key}_${new Intl.PluralRules(language).select(count)}`, { count: number.format(count) });

for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
for (const node of document.querySelectorAll("[data-label]")) {
  node.setAttribute("aria-label", say(node.dataset.label));
  if (node.matches("button")) node.title = say(node.dataset.label);
}

/** An element with attributes and children; children that are strings become text, those that are null are left out. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Text of strangers, shut in so that it can't turn the direction of what stands around it. */
const foreign = (text, name = "span") => element(name, { class: "foreign" }, text);

const number = new Intl.NumberFormat(locale);
const percent = (share) => new Intl.NumberFormat(locale, { style: "percent" }).format(share);

/** A sum in words: {value, upper, currency, modifier}. */
function money({ value, upper, currency, modifier }) {
  const format = new Intl.NumberFormat(locale, {
    style: "currency", currency, maximumFractionDigits: 2, minimumFractionDigits: 0, trailingZeroDisplay: "stripIfInteger",
  });
  const sum = upper == null ? format.format(value) : format.formatRange(value, upper);
  return modifier ? say(`modifier_${modifier}`, { sum }) : sum;
}

/** An ISO 8601 duration in words: "P1Y6M". */
function duration(iso) {
  const units = { Y: "year", M: "month", W: "week", D: "day" };
  const parts = [...iso.matchAll(/(\d+)([YMWD])/g)].map(([, count, unit]) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: units[unit], unitDisplay: "long" }).format(count));
  return new Intl.ListFormat(locale, { type: "unit" }).format(parts);
}

/** An EDTF date in words; forms that are seldom stay as they are. */
function edtf(date) {
  if (date.includes("/")) return date.split("/").map((end) => (end && end !== ".." ? edtf(end) : "…")).join(" – ");
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date) ?? [];
  if (year === undefined) return date;
  if (month === undefined) return year;
  if (month > 32 && month < 37) return say("quarter", { number: month - 32, year });
  if (month > 20 && month < 25) return `${say(`season_${month}`)} ${year}`;
  if (month > 12) return date;
  const parts = { year: "numeric", month: "long", timeZone: "UTC" };
  if (day !== undefined) parts.day = "numeric";
  return new Intl.DateTimeFormat(locale, parts).format(Date.UTC(year, month - 1, day ?? 1));
}

/** Fills a list as it is scrolled to, some items at a time; returns a function that draws at least so many. */
function lazyList(list, items, draw, step = 100) {
  const end = element("li", { "aria-hidden": "true" });
  let drawn = 0;
  const watch = new IntersectionObserver((seen) => {
    if (seen.some((entry) => entry.isIntersecting)) drawTo(drawn + step);
  }, { rootMargin: "400px" });
  function drawTo(count) {
    const from = drawn;
    drawn = Math.max(drawn, Math.min(count, items.length));
    end.before(...items.slice(from, drawn).map((item, i) => draw(item, from + i)));
    if (drawn < items.length) {
      watch.unobserve(end);
      watch.observe(end); // tells again where the end stands now
    } else {
      watch.disconnect();
      end.remove();
    }
  }
  list.replaceChildren(end);
  drawTo(step);
  return drawTo;
}

$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
});
