// A side of a card, said by the browser's own voice when the learner asks for it.
const LEFT_OUT = ".theme, .source, .foot, a.hint, rt, rp, audio, video, annotation";
const ENDS = "p, div, li, tr, br, dt, dd, pre, blockquote, h1, h2, h3, h4, h5, h6";
let saying = []; // what is being said; kept here, or Chrome forgets that it is

/** What is said of a side, sentence by sentence. */
function sentencesOf(root, isBack) {
  const chosen = isBack ? ".sentence, #answer" : ".face";
  const said = [...root.querySelectorAll(chosen)].map((part) => saidOf(part, isBack)).join("\n");
  return said.split(/\n|(?<=[.?!])\s/).map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
}

function saidOf(node, isBack) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return "";
  if (node.style.display === "none") return ""; // a hint that nobody opened
  if (node.matches("img")) return ` ${node.alt} `;
  if (node.matches("math")) return ` ${saidFormula(node)} `;
  if (node.matches(".cloze") && !isBack) return ` ${saidGap(node)} `;
  const said = [...node.childNodes].map((child) => saidOf(child, isBack)).join("");
  if (node.matches("td, th")) return `${said}, `;
  return node.matches(ENDS) ? `\n${said}\n` : said;
}

/** A gap, and the clue in it: Anki writes [...] or [clue]. */
function saidGap(gap) {
  const clue = gap.textContent.replace(/^\[|\]$/g, "");
  return clue === "..." ? deck.spoken.gap : `${deck.spoken.gap}: ${clue}`;
}

/** A formula in words: what stands between its parts, and its signs, have names. */
function saidFormula(node) {
  if (node.matches?.("annotation")) return "";
  const { spoken } = deck;
  if (!node.children.length) {
    const text = node.textContent.replace(/[\u2061-\u2064\s]+/g, " ").trim();
    return spoken[text] ?? text;
  }
  const parts = [...node.children].map(saidFormula).filter(Boolean);
  const name = node.localName;
  if (name === "msup" && parts[1] === "2") return `${parts[0]} ${spoken.square}`;
  if (name === "msqrt" || name === "mroot") return `${spoken[name]} ${parts.join(" ")}`;
  return parts.join(` ${spoken[name] ?? ""} `);
}

const sameLanguage = (one, other) => one.split(/[-_]/)[0] === other.split("-")[0];

/** The voices of this device; what others say, they first send elsewhere. */
function voicesFor(language) {
  const speaks = (voice) => voice.localService && sameLanguage(voice.lang, language);
  return speechSynthesis.getVoices().filter(speaks);
}

const cardLanguage = () => $("face").shadowRoot?.querySelector("[lang]")?.lang ?? deck.language;

/** Offer it where this device has a voice, or does not say which it has. */
function showAloud() {
  const speech = globalThis.speechSynthesis;
  const isMute = !speech || (speech.getVoices().length > 0 && !voicesFor(cardLanguage()).length);
  $("aloud").hidden = isMute || !page.shown;
  $("aloud").textContent = say(saying.length ? "stop" : "aloud");
}

function aloud() {
  if (saying.length) return hush();
  const language = cardLanguage();
  const [voice] = voicesFor(language);
  saying = sentencesOf($("face").shadowRoot, isBack).map((text) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    if (voice) utterance.voice = voice;
    return utterance;
  });
  const last = saying.at(-1);
  if (last) last.onend = last.onerror = () => saying.at(-1) === last && hush();
  for (const each of saying) speechSynthesis.speak(each);
  showAloud();
}

function hush() {
  if (saying.length) speechSynthesis.cancel();
  saying = [];
  showAloud();
}
