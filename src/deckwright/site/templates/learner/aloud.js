// A side of a card, said by a voice of this device when the learner asks for it.
const LEFT_OUT = ".theme, .source, .foot, a.hint, rt, rp, audio, video, s, del";
const ENDS = "p, div, li, tr, br, dt, dd, pre, blockquote, h1, h2, h3, h4, h5, h6";
const LONG = 200; // characters that a voice says at once; Chrome stops in the middle of many more
let utterances = []; // what is being said; kept here, or Chrome forgets that it is

/** What is said of a side, line by line. */
function linesOf(root, isBack) {
  const chosen = isBack ? ".sentence, #answer" : ".face";
  const said = [...root.querySelectorAll(chosen)].map((part) => saidOf(part, isBack)).join("\n");
  const lines = said.split("\n").map((line) => line.replace(/\s+/g, " ").trim());
  // Not at every full stop: it may end an abbreviation.
  const parts = lines.flatMap((line) => (line.length > LONG ? line.split(/(?<=[.?!])\s/) : line));
  return parts.filter(Boolean);
}

function saidOf(node, isBack) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/\s+/g, " ");
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return "";
  if (node.style.display === "none") return ""; // a hint that nobody opened
  const { gap, formula, square, msup } = deck.spoken;
  if (node.matches("img")) return ` ${node.alt} `;
  if (node.matches("math")) return ` ${saidFormula(node) ?? formula} `;
  const said = [...node.childNodes].map((child) => saidOf(child, isBack)).join("");
  if (node.matches(".cloze") && !isBack) {
    return said === "[...]" ? ` ${gap} ` : ` ${gap}: ${said.slice(1, -1)} `;
  }
  if (node.matches("sup") && /^\d+$/.test(said)) {
    return said === "2" ? ` ${square} ` : ` ${msup} ${said} `;
  }
  if (node.matches("td, th")) return `${said}, `;
  return node.matches(ENDS) ? `\n${said}\n` : said;
}

/** A formula in words; null where words would leave open which formula it is. */
function saidFormula(node) {
  const { square, msup, mfrac, msqrt } = deck.spoken;
  const parts = [...node.children].map(saidFormula);
  if (parts.includes(null)) return null;
  const isSimple = [...node.children].every(isSingle);
  switch (node.localName) {
    case "math":
    case "mrow":
    case "mstyle":
      return parts.join(" ");
    case "msup":
      if (!isSimple) return null;
      return parts[1] === "2" ? `${parts[0]} ${square}` : parts.join(` ${msup} `);
    case "mfrac":
      return isSimple ? parts.join(` ${mfrac} `) : null;
    case "msqrt":
      return isSimple && parts.length === 1 ? `${msqrt} ${parts[0]}` : null;
    case "mi":
    case "mn":
    case "mo":
    case "mtext": {
      const text = node.textContent.replace(/[\u2061-\u2064\s]+/g, " ").trim();
      return /^[\p{L}\p{N}., %]*$/u.test(text) ? text : (deck.signs[text] ?? null);
    }
    default:
      return null;
  }
}

/** Whether a part of a formula is one sign, whatever is around it. */
const isSingle = ({ children }) =>
  children.length === 0 || (children.length === 1 && isSingle(children[0]));

const cardLanguage = () => $("face").shadowRoot?.querySelector("[lang]")?.lang ?? deck.language;
const bare = (language) => language.split(/[-_]/)[0];

/** The voice of this device for a language, undefined without: any other sends the text away. */
function voiceFor(language) {
  const speaks = (voice) => voice.localService && bare(voice.lang) === bare(language);
  const voices = speechSynthesis.getVoices().filter(speaks);
  const isSame = (voice) => voice.lang.replace("_", "-") === language;
  return voices.find(isSame) ?? voices.find((voice) => voice.default) ?? voices[0];
}

/** Offer it where this device has a voice, or does not say which it has. */
function showAloud() {
  const speech = globalThis.speechSynthesis;
  const isMute = !speech || (speech.getVoices().length > 0 && !voiceFor(cardLanguage()));
  $("aloud").hidden = isMute || !page.shown;
  $("aloud").textContent = say(utterances.length ? "stop" : "aloud");
}

function aloud() {
  if ($("aloud").hidden) return;
  if (utterances.length) return hush();
  const language = cardLanguage();
  const voice = voiceFor(language);
  utterances = linesOf($("face").shadowRoot, isBack).map((text) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    if (voice) utterance.voice = voice;
    return utterance;
  });
  const last = utterances.at(-1);
  if (last) last.onend = last.onerror = () => utterances.at(-1) === last && hush();
  for (const each of utterances) speechSynthesis.speak(each);
  showAloud();
}

function hush() {
  if (utterances.length) speechSynthesis.cancel();
  utterances = [];
  showAloud();
}
