/**
 * Lets the application be installed. The worker keeps no data and no version of the application; see
 * public/sw.js. Without one everything works the same.
 */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // After the page is there: nothing of the first load waits for it.
  window.addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined));
}
