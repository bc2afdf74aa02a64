import { Button, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DocumentOption } from '@/lib/definition';
import { shifted } from '@/lib/definition';
import { IconPlus } from '@/ui/icons';
import shell from '../designer.module.css';
import { useErrors } from '../settings/controls';
import css from './form.module.css';
import { Order } from './layout-settings';
import { labelOption, optionsFrom, pasteOptions, valueFollows, valueFor } from './options';

type OptionsProps = {
  options: DocumentOption[];
  base: string;
  /** Whether requests under way hold values of it: they change only when asked to. */
  known: boolean;
  change: (options: DocumentOption[], mark?: string) => void;
};

/** What can be chosen: one after the other, or all at once as lines. */
export function OptionsSetting({ options, base, known, change }: OptionsProps) {
  const [lines, setLines] = useState<string>();
  const [values, setValues] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const follow = useRef(false);
  const error = useErrors(options.length === 0 ? `${base}.options` : undefined);
  const focus = (at: number) =>
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('[data-label]')[at]?.focus());
  const add = (at: number) => {
    const label = `Option ${options.length + 1}`;
    change(options.toSpliced(at, 0, { label, value: valueFor(label, options) }));
    requestAnimationFrame(() => {
      const input = list.current?.querySelectorAll<HTMLInputElement>('[data-label]')[at];
      input?.focus();
      input?.select();
    });
  };
  if (lines !== undefined)
    return (
      <div className={css.rowsSetting}>
        <Textarea
          label="One option on each line"
          autosize
          minRows={4}
          maxRows={14}
          data-autofocus
          value={lines}
          onChange={(event) => setLines(event.currentTarget.value)}
        />
        <div className={css.buttonsSetting}>
          <Button
            size="compact-sm"
            onClick={() => {
              change(optionsFrom(lines, options));
              setLines(undefined);
            }}
          >
            Use these
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => setLines(undefined)}>
            Cancel
          </Button>
        </div>
      </div>
    );
  return (
    <div className={css.rowsSetting} ref={list}>
      {options.map((option, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values change while labels are typed
        <div key={i} className={css.rowSetting}>
          <Option
            option={option}
            at={i}
            base={base}
            values={values}
            begin={() => {
              follow.current = valueFollows(option) && (!known || !option.label);
            }}
            label={(label) => change(labelOption(options, i, label, follow.current), `option ${i}`)}
            value={(value) => change(options.with(i, { ...option, value }), `option value ${i}`)}
            paste={(text) => change(pasteOptions(options, i, text))}
            enter={() => (i === options.length - 1 ? add(i + 1) : focus(i + 1))}
          />
          <Order
            what={option.label || `option ${i + 1}`}
            at={i}
            of={options.length}
            move={(by) => change(shifted(options, i, by))}
            remove={() => change(options.filter((_, n) => n !== i))}
          />
        </div>
      ))}
      {error && <span className={shell.valueError}>{error.join(' ')}</span>}
      <div className={css.buttonsSetting}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => add(options.length)}
        >
          Add an option
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => setLines(options.map((option) => option.label || option.value).join('\n'))}
        >
          As lines
        </Button>
        <Button size="compact-sm" variant="subtle" aria-pressed={values} onClick={() => setValues(!values)}>
          {values ? 'Hide values' : 'Values'}
        </Button>
      </div>
    </div>
  );
}

type OneProps = {
  option: DocumentOption;
  at: number;
  base: string;
  values: boolean;
  begin: () => void;
  label: (label: string) => void;
  value: (value: string) => void;
  paste: (text: string) => void;
  enter: () => void;
};

function Option({ option, at, base, values, begin, label, value, paste, enter }: OneProps) {
  const error = useErrors(`${base}.options.${at}`)?.join(' ');
  return (
    <div className={css.option}>
      <TextInput
        size="xs"
        data-label
        aria-label={`Option ${at + 1}`}
        value={option.label ?? option.value}
        error={!values && error}
        onFocus={begin}
        onChange={(event) => label(event.currentTarget.value)}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text/plain');
          if (!/\n./.test(text.trim())) return;
          event.preventDefault();
          paste(text);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          enter();
        }}
      />
      {values && (
        <TextInput
          size="xs"
          aria-label={`Value of option ${at + 1}`}
          description="As rules and data name it"
          inputWrapperOrder={['input', 'description', 'error']}
          value={option.value}
          error={error}
          onChange={(event) => value(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
