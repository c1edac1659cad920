// The address that opens a message about a card: a mail, or a new entry of an issue tracker.
// Some programs cut off what is longer, and nobody needs more of a card to know it again.
const LONGEST_ADDRESS = 1800;
const MOST_QUOTED = 200;

// `report` is what deck.yaml says; `words` are those of the pages in the deck's language; a card is
// its note's id, the number of the release, and the text of its front.
function reportAddress(report, words, { id, release, front }) {
  const written = (text) => encodeURIComponent(text).replace(/['()*]/g, (sign) =>
    `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const tracker = report.startsWith("https://");
  const mail = `mailto:${written(report).replace("%40", "@")}?subject={id}&body={text}`;
  const title = tracker ? id : `${words.report_card} ${id}`;
  const named = `${words.report_card}: ${id} · ${words.report_release} ${release}`;
  const letters = [...front.replace(/\p{Cs}/gu, "").replace(/\s+/g, " ").trim()];
  for (let length = Math.min(letters.length, MOST_QUOTED); ; length -= 1) {
    const cut = length < letters.length ? "…" : "";
    const quote = length ? [`“${letters.slice(0, length).join("")}${cut}”`] : [];
    const text = [words.report_ask, "", "", "", named, ...quote, ""].join("\r\n");
    const values = { id: written(title), text: written(text) };
    const address = (tracker ? report : mail).replace(/\{(id|text)\}/g, (_, name) => values[name]);
    if (address.length <= LONGEST_ADDRESS || !length) return address;
  }
}
