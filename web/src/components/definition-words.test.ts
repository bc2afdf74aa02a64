import { expect, it } from 'vitest';
import type { Definition } from '@/api/types';
import { furtherWords, labelsOf } from './definition-words';

it('says what a step starts by the labels of its table', () => {
  const document = {
    key: 'TRANSFER',
    name: 'Transfer',
    form: {
      fields: [
        {
          name: 'systems',
          label: 'Systems you need',
          type: 'table',
          columns: [
            { name: 'system', label: 'System', type: 'text' },
            { name: 'came_to', label: 'Came to', type: 'text' },
            { name: 'owner', type: 'user' },
          ],
        },
      ],
    },
  } as unknown as Definition;
  const starts = {
    workflow: 'ACCESS',
    each: 'systems',
    copy: { what: 'system', who: 'owner' },
    values: { training_done: 'true' },
    take: { came_to: 'outcome' },
  };
  expect(furtherWords({ id: 'access', type: 'workflow', starts }, labelsOf(document))).toEqual([
    'Starts one request of ACCESS for each row of “Systems you need”, in the name of the requester.',
    'Hands over “System” and “owner” of the row.',
    'Fills in training done there.',
    'Goes on when all have ended.',
    'Brings back “Came to”.',
  ]);
  expect(furtherWords({ id: 'access', type: 'workflow', starts }, labelsOf(document), () => 'IT access')[0]).toBe(
    'Starts one request of “IT access” for each row of “Systems you need”, in the name of the requester.',
  );
});
