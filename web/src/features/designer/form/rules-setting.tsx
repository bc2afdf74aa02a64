import { Button } from '@mantine/core';
import type { DocumentField } from '@/lib/definition';
import { shifted } from '@/lib/definition';
import { IconPlus } from '@/ui/icons';
import shell from '../designer.module.css';
import { RuleSetting, TextSetting } from '../settings/controls';
import css from './form.module.css';
import { Order } from './layout-settings';

type Rules = NonNullable<DocumentField['rules']>;
type RulesProps = { rules: Rules; base: string; change: (rules: Rules, mark?: string) => void };

/** What has to hold before the form can be sent, and what people are told when it does not. */
export function RulesSetting({ rules, base, change }: RulesProps) {
  const put = (i: number, patch: Partial<Rules[number]>, mark: string) =>
    change(
      rules.map((rule, n) => (n === i ? { ...rule, ...patch } : rule)),
      mark,
    );
  return (
    <div className={css.rowsSetting}>
      {rules.map((rule, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two rules may be alike
        <div key={i} className={shell.card}>
          <Order
            what={`check ${i + 1}`}
            at={i}
            of={rules.length}
            move={(by) => change(shifted(rules, i, by))}
            remove={() => change(rules.filter((_, n) => n !== i))}
          />
          <RuleSetting
            label={`Check ${i + 1}: this must hold`}
            path={`${base}.rules.${i}.check`}
            value={rule.check}
            onChange={(check) => put(i, { check: check ?? '' }, `check ${i}`)}
          />
          <TextSetting
            label="What people are told otherwise"
            path={`${base}.rules.${i}.message`}
            value={rule.message}
            onChange={(message) => put(i, { message: message ?? '' }, `message ${i}`)}
          />
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        className={shell.add}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => change([...rules, { check: '', message: '' }])}
      >
        Add a check
      </Button>
    </div>
  );
}
