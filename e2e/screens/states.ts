import type { Page } from '@playwright/test';

export type State = 'typical' | 'empty' | 'many' | 'long' | 'error' | 'offline' | 'slow';
type Body = Record<string, unknown>;

const long =
  'Reimbursement of unforeseeable expenditure on behalf of the Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz committee';

/** Names and titles as long as somebody once will make them. */
function lengthened(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => lengthened(item, name));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, lengthened(item, key)]));
  }
  return typeof value === 'string' && ['name', 'title', 'label', 'step_name'].includes(name) ? `${value} ${long}` : value;
}

/** The same rows again and again, up to a thousand, each with an id of its own. */
function thousand(body: Body): Body {
  const items = (body.items ?? []) as Body[];
  if (items.length === 0) return body;
  const rows = Array.from({ length: 1000 }, (_, i) => ({ ...items[i % items.length], id: `row-${i}` }));
  return { ...body, items: rows, next_cursor: undefined };
}

const nothing = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).map(([key, value]) => [key, Array.isArray(value) ? [] : value]));

const changes: Partial<Record<State, (body: Body) => unknown>> = { empty: nothing, many: thousand, long: lengthened };

const problem = {
  type: 'about:blank',
  title: 'Internal error',
  status: 500,
  code: 'internal',
  detail: 'Something went wrong on our side. Nothing was changed; try again in a moment.',
  request_id: '01a21d1df4107e0a',
};

/** From now on the answer of a verb is as in that state. */
export async function enter(page: Page, state: State, verb: string | undefined): Promise<void> {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  if (state === 'typical' || !verb) return;
  await page.route(`**/api/v1/${verb}`, async (route) => {
    if (state === 'slow') return; // never answered: what is shown is how it waits
    if (state === 'offline') return route.abort('internetdisconnected');
    if (state === 'error') {
      return route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) });
    }
    const response = await route.fetch();
    const body = (await response.json()) as Body;
    return route.fulfill({ response, json: response.ok() ? changes[state]?.(body) : body });
  });
}
