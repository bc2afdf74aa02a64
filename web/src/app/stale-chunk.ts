const mark = 'handstamp.reloaded';
/** A second failure so soon after is no longer an old page but an outage. */
const apart = 30_000;

/**
 * A page that was open while a new version was installed asks for files that are gone. It is loaded
 * anew, once; if that does not help, the error is shown like any other.
 */
export function reloadOnStaleChunk(): void {
  window.addEventListener('vite:preloadError', (event) => {
    try {
      const last = Number(sessionStorage.getItem(mark) ?? 0);
      if (Date.now() - last < apart) return;
      sessionStorage.setItem(mark, String(Date.now()));
    } catch {
      return; // without a memory it might reload for ever
    }
    event.preventDefault();
    location.reload();
  });
}
