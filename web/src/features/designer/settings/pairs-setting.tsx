import { ActionIcon, Button, Select } from '@mantine/core';
import { useState } from 'react';
import { IconPlus, IconX } from '@/ui/icons';
import classes from '../designer.module.css';
import { useErrors } from './controls';

type Pair = [string, string];
type PairsProps = {
  label: string;
  path: string;
  value: Pair[] | undefined;
  steps: { value: string; label: string }[];
  onChange: (pairs: Pair[] | undefined) => void;
};

/** Pairs of steps. A new pair is written when both are chosen and differ. */
export function PairsSetting({ label, path, value = [], steps, onChange }: PairsProps) {
  const [half, setHalf] = useState<{ a?: string; b?: string }>();
  const errors = useErrors(path);
  const name = (id: string) => steps.find((s) => s.value === id)?.label ?? id;
  const choose = (next: { a?: string; b?: string }) => {
    if (!next.a || !next.b || next.a === next.b) return setHalf(next);
    setHalf(undefined);
    onChange([...value, [next.a, next.b]]);
  };
  return (
    <fieldset className={classes.pairs}>
      <legend className={classes.valueLabel}>{label}</legend>
      {value.map(([a, b], i) => (
        <div key={`${a} ${b}`} className={classes.pair}>
          <span>
            {name(a)} and {name(b)}
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${name(a)} and ${name(b)}`}
            onClick={() => onChange(value.filter((_, n) => n !== i))}
          >
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {half && (
        <div className={classes.pairChoice}>
          <Select
            aria-label="One step"
            placeholder="One step"
            data={steps}
            value={half.a ?? null}
            onChange={(a) => choose({ ...half, a: a ?? undefined })}
          />
          <Select
            aria-label="The other step"
            placeholder="The other step"
            data={steps.filter((s) => s.value !== half.a)}
            value={half.b ?? null}
            onChange={(b) => choose({ ...half, b: b ?? undefined })}
          />
        </div>
      )}
      {errors && <span className={classes.valueError}>{errors.join(' ')}</span>}
      {!half && steps.length > 1 && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={classes.add}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setHalf({})}
        >
          Add two steps
        </Button>
      )}
    </fieldset>
  );
}
