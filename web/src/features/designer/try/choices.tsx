import { MultiSelect, Select } from '@mantine/core';
import type { Choice } from '@/api/types';

type ChoicesProps = {
  choices: Choice[];
  value: Record<string, string[]>;
  onChange: (chosen: Record<string, string[]>) => void;
};

/** Who is asked next, where the person who acts has to choose. */
export function Choices({ choices, value, onChange }: ChoicesProps) {
  return choices.map((choice) => {
    const data = choice.candidates.map((person) => ({
      value: person.id,
      label: person.name,
      description: person.reason,
    }));
    const shared = {
      label: `Who gets ${choice.step_name}`,
      description: choice.more ? 'The first of those who fit, by name.' : undefined,
      data,
      searchable: true,
      nothingFoundMessage: 'Nobody fits',
    };
    if (choice.many) {
      return (
        <MultiSelect
          key={choice.step_id}
          {...shared}
          value={value[choice.step_id] ?? []}
          onChange={(ids) => onChange({ ...value, [choice.step_id]: ids })}
        />
      );
    }
    return (
      <Select
        key={choice.step_id}
        {...shared}
        value={value[choice.step_id]?.[0] ?? null}
        onChange={(id) => onChange({ ...value, [choice.step_id]: id ? [id] : [] })}
      />
    );
  });
}

/** Where there is but one, nobody has to choose him. */
export const alone = (choices: Choice[]): Record<string, string[]> =>
  Object.fromEntries(
    choices.flatMap((choice) => {
      const [only, ...others] = choice.candidates;
      return only && others.length === 0 && !choice.more ? [[choice.step_id, [only.id]]] : [];
    }),
  );

/** The choices of those steps alone, without empty ones. */
export const chosenFor = (choices: Choice[], chosen: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    choices.flatMap(({ step_id }) => {
      const ids = chosen[step_id] ?? [];
      return ids.length > 0 ? [[step_id, ids]] : [];
    }),
  );
