import type { Page } from '@playwright/test';
import { org, type Person, password } from './people.ts';

/** Acts through the API as somebody, to bring a long request to where a journey begins. */
export async function acting(page: Page, who: Person) {
  const call = async <T>(verb: string, body: object, token?: string): Promise<T> => {
    const answer = await page.request.post(`/api/v1/${verb}`, {
      data: body,
      headers: token ? { Authorization: `Bearer ${token}`, 'Idempotency-Key': crypto.randomUUID() } : {},
    });
    if (!answer.ok()) throw new Error(`${verb}: ${await answer.text()}`);
    return answer.json() as Promise<T>;
  };
  const { access_token } = await call<{ access_token: string }>('auth.login', { org, email: who.email, password });
  return <T>(verb: string, body: object) => call<T>(verb, body, access_token);
}

/** A request as far as journeys act on it. */
export type Stood = { number: string; tasks: { id: string; step_id: string; claimable: boolean; mine: boolean }[] };

/** Decides a step of a request as somebody. */
export async function decide(
  page: Page,
  who: Person,
  run: string,
  step: string,
  transition: string,
  values?: object,
  comment?: string,
) {
  const as = await acting(page, who);
  const { tasks } = await as<Stood>('runs.get', { run });
  const task = tasks.find((t) => t.step_id === step && (t.mine || t.claimable));
  if (!task) throw new Error(`${who.name} has nothing to decide in ${step} of ${run}`);
  if (task.claimable) await as('tasks.claim', { task_id: task.id });
  await as('tasks.complete', { task_id: task.id, transition, values, comment });
}
