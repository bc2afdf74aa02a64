// Runs before the first paint, as a file of its own because the content security policy allows no
// inline script: without it a reader in the dark would see a white flash.
(() => {
  var scheme = 'auto';
  try {
    scheme = localStorage.getItem('handstamp.scheme') || 'auto';
  } catch (_) {}
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
})();
