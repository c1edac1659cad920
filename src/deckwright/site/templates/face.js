"use strict";
// A side of a card as Anki shows it: the same HTML, the same style, in a shadow root.

/** Show a side in the element `host`; returns the root that it stands in. */
function showFace(host, style, html, dark) {
  const root = host.shadowRoot || host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  const card = document.createElement("div");
  card.className = dark ? "card nightMode night_mode" : "card";
  card.innerHTML = html;
  card.style.minHeight = "100%";
  root.replaceChildren(card);
  // Anki opens a hint by an inline handler, which this page does not have.
  for (const link of root.querySelectorAll("a.hint")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      link.style.display = "none";
      link.nextElementSibling.style.display = "block";
    });
  }
  return root;
}
