import { chromium } from '@playwright/test';
const base = process.env.URL ?? 'http://localhost:23817';
const out = process.env.OUT ?? '/tmp/shots';
import { mkdirSync } from 'node:fs';
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'] });
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
export async function as(email, opts = {}) {
  const ctx = await browser.newContext({ baseURL: base, locale: 'en-GB', timezoneId: 'Asia/Kolkata', viewport: { width: 1280, height: 800 }, ...opts });
  const page = await ctx.newPage();
  page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', email, m.text().slice(0, 300)));
  page.on('pageerror', (e) => console.log('PAGEERROR', e.message));
  page.on('response', (r) => r.status() >= 400 && console.log(r.status(), r.url()));
  if (email) {
    await page.goto('/sign-in?org=acme');
    await page.getByLabel('Email').fill(email + '@acme.example');
    await page.getByLabel('Password', { exact: true }).fill('handstamp-demo');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/$/);
  }
  return page;
}
export async function shot(page, path, name, full = false) {
  if (path) await page.goto(path);
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.waitForTimeout(350);
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: full });
}
export { browser, phone };
