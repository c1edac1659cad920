"use strict";
// The page of all cards, for their author.
const $ = (id) => document.getElementById(id);
const style = new CSSStyleSheet();
let deck = { cards: [], problems: [] };
let shown = [];
let current = null;

const key = (card) => `${card.note}/${card.card}`;
// The address may end in the id of a note, as in #water-temperatuur.
const named = () => deck.cards.find((card) => `#${card.note}` === location.hash);

function text(html, selector = "body") {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const found = parsed.querySelector(selector) || parsed.body;
  return found.textContent.replace(/\s+/g, " ").trim();
}

function element(tag, content, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = content;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function side(id, html) {
  showFace($(id), style, html, $("dark").checked);
}

function show(card) {
  current = card ? key(card) : null;
  for (const button of $("list").querySelectorAll("button")) {
    button.setAttribute("aria-current", String(button.dataset.key === current));
  }
  const where = card ? [card.place, card.note, ...card.tags] : [];
  $("where").textContent = where.filter(Boolean).join(" · ");
  side("front", card ? card.front : "");
  side("back", card ? card.back : "");
  const lines = deck.problems.concat(card ? card.problems : []);
  $("problems").replaceChildren(...lines.map((line) => element("p", line)));
}

function wanted(card) {
  const query = $("search").value.trim().toLowerCase();
  return (
    (!query || card.words.includes(query)) &&
    (!$("tag").value || card.tags.includes($("tag").value)) &&
    (!$("kind").value || card.kind === $("kind").value) &&
    (!$("wrong").checked || card.problems.length > 0)
  );
}

function list() {
  shown = deck.cards.filter(wanted);
  const rows = [];
  let part = null;
  for (const card of shown) {
    if (card.part !== part) {
      part = card.part;
      rows.push(element("h2", part));
    }
    const button = element("button", card.title, { type: "button" });
    button.dataset.key = key(card);
    if (card.problems.length) button.classList.add("marked");
    button.addEventListener("click", () => show(card));
    rows.push(button);
  }
  $("list").replaceChildren(...rows);
  show(shown.find((card) => key(card) === current) || shown[0]);
}

function take(data) {
  deck = data;
  for (const card of deck.cards) {
    card.title = text(card.front, ".question, .sentence, .answer");
    card.words = `${card.note} ${text(card.back)}`.toLowerCase();
  }
  style.replaceSync(deck.css);
  const tags = [...new Set(deck.cards.flatMap((card) => card.tags))].sort();
  const chosen = $("tag").value;
  const [all] = $("tag").options;
  $("tag").replaceChildren(all, ...tags.map((tag) => element("option", tag, { value: tag })));
  $("tag").value = tags.includes(chosen) ? chosen : "";
  if (!current && named()) current = key(named());
  document.title = deck.name;
  $("name").textContent = deck.name;
  list();
}

function step(by) {
  const at = shown.findIndex((card) => key(card) === current);
  const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
  if (next) show(next);
  const chosen = $("list").querySelector('[aria-current="true"]');
  chosen?.scrollIntoView({ block: "nearest" });
  if ($("list").contains(document.activeElement)) chosen?.focus();
}

document.addEventListener("keydown", (event) => {
  // what a control does with a key by itself stays: typing, choosing, pressing
  const pressed = "input, select, a, button:not([aria-current='true'])";
  if (event.target.matches(event.key === " " ? pressed : "#search, select")) return;
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (event.key in steps) step(steps[event.key]);
  else if (event.key === " ") $("back").toggleAttribute("hidden");
  else return;
  event.preventDefault();
});

addEventListener("hashchange", () => {
  if (named()) show(named());
});
$("filters").addEventListener("submit", (event) => event.preventDefault());
for (const id of ["search", "tag", "kind", "wrong", "dark"]) $(id).addEventListener("input", list);
$("width").addEventListener("input", () => {
  document.body.style.setProperty("--phone", `${$("width").value}px`);
});

async function follow() {
  let version = 0;
  for (;;) {
    try {
      const now = Number(await (await fetch(`version?${version}`)).text());
      if (now !== version) take(await (await fetch("deck.json")).json());
      version = now;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

$("dark").checked = matchMedia("(prefers-color-scheme: dark)").matches;
follow();
