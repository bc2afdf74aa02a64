import { admin, asha, meera, ravi } from './people.ts';
import { accessible, expect, test } from './test.ts';

const schemes = ['light', 'dark'] as const;
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** Every screen with the person who has most to see there. `ready` appears once it is whole. */
const screens = [
  { name: 'landing', who: meera, path: '/', ready: 'Leave application' },
  { name: 'landing, nothing found', who: asha, path: '/?q=nothing+at+all', ready: 'No workflow matches' },
  { name: 'workflow', who: meera, path: '/workflows/EXPENSE', ready: 'Steps' },
  { name: 'runs of a workflow', who: admin, path: '/workflows/LEAVE/runs', ready: 'Runs of' },
  { name: 'start leave', who: asha, path: '/workflows/LEAVE/start', ready: 'What happens next' },
  { name: 'start expense', who: asha, path: '/workflows/EXPENSE/start', ready: 'What happens next' },
  { name: 'inbox', who: ravi, path: '/inbox', ready: 'My tasks' },
  { name: 'to claim', who: meera, path: '/inbox?view=claimable', ready: 'To claim' },
  { name: 'my requests', who: asha, path: '/inbox?view=requests', ready: 'My requests' },
  { name: 'drafts', who: asha, path: '/inbox?view=drafts', ready: 'Drafts' },
  { name: 'people', who: admin, path: '/people', ready: 'Farah Khan' },
  { name: 'account', who: asha, path: '/account', ready: 'Where you are signed in' },
  { name: 'nothing there', who: asha, path: '/no/such/page', ready: 'There is nothing at this address' },
];

for (const scheme of schemes) {
  for (const { name, who, path, ready } of screens) {
    test(`${name} is accessible in ${scheme}, wide and on a phone`, async ({ as }) => {
      for (const size of [{}, phone]) {
        const page = await as(who, { colorScheme: scheme, reducedMotion: 'reduce', ...size });
        await page.goto(path);
        await expect(page.getByText(ready).first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        await accessible(page, `${name}, ${scheme}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        await page.context().close();
      }
    });
  }

  test(`a request with its dialog is accessible in ${scheme}, wide and on a phone`, async ({ as }) => {
    for (const size of [{}, phone]) {
      const page = await as(ravi, { colorScheme: scheme, reducedMotion: 'reduce', ...size });
      await page.goto('/inbox');
      await page.getByRole('list', { name: 'My tasks' }).getByRole('link').first().click();
      await expect(page.getByRole('group', { name: 'Your decision' })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await accessible(page, `request, ${scheme}`);
      await page.getByRole('button', { name: 'Reject' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await accessible(page, `dialog, ${scheme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  test(`signing in is accessible in ${scheme}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ colorScheme: scheme, baseURL });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await accessible(page, `sign-in, ${scheme}`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await accessible(page, `sign-in with errors, ${scheme}`);
    await context.close();
  });
}
