// Keeps the page of one release, whole, so that it opens without a network.
const DECK = "$deck ";
const CACHE = DECK + "$version";
const FILES = $files;

const fresh = (file) => new Request(file, { cache: "reload" });

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map(fresh))));
});

self.addEventListener("activate", (event) => {
  const isOld = (name) => name.startsWith(DECK) && name !== CACHE;
  const drop = (names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop).then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(self.registration.scope)) return;
  const path = url.slice(self.registration.scope.length).split(/[?#]/)[0];
  const isPage = mode === "navigate" && ["", "index.html"].includes(path);
  const kept = caches.open(CACHE).then((cache) => cache.match(isPage ? "./" : event.request));
  event.respondWith(kept.then((found) => found ?? fetch(event.request)));
});
