// Makes the application installable, and says what is wrong when the server cannot be reached. It
// keeps one page that holds no data. Everything else goes to the server as if it were not there, so
// nobody is ever shown what is old or what was read by somebody else.
const cache = 'handstamp-offline-1';
const page = '/offline.html';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cache)
      .then((store) => store.addAll([page, '/offline.css', '/mark.svg']))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== cache).map((name) => caches.delete(name)));
  event.waitUntil(
    caches
      .keys()
      .then(old)
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => caches.match(page).then((kept) => kept ?? Response.error())));
  } else if (pathname === '/offline.css' || pathname === '/mark.svg') {
    // What the page above is drawn with.
    event.respondWith(fetch(request).catch(() => caches.match(pathname).then((kept) => kept ?? Response.error())));
  }
});
