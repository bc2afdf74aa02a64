import { ActionIcon, Button } from '@mantine/core';
import { freeName, nameFrom, type Param, patched, titled, validName } from '@/lib/definition';
import { IconPlus, IconX } from '@/ui/icons';
import classes from '../designer.module.css';
import { useEditor } from '../editor';
import { NameSetting, SelectSetting, SwitchSetting, TextSetting } from './controls';
import { ValueSetting } from './value-setting';

const types = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'money', label: 'Amount of money' },
  { value: 'date', label: 'Date' },
  { value: 'duration', label: 'Duration' },
  { value: 'yes_no', label: 'Yes or no' },
  { value: 'user', label: 'Person' },
  { value: 'department', label: 'Department' },
  { value: 'email', label: 'Email address' },
];

/** Values that rules read as params.name, so that they are changed in one place; whoever clones the workflow is asked for some. */
export function ParamsSetting() {
  const { doc, edit } = useEditor();
  const params = doc.params ?? [];
  const put = (next: Param[], mark?: string) => edit((d) => patched({ ...d }, { params: next }), { mark });
  const change = (i: number, patch: Partial<Param>, mark?: string) =>
    put(
      params.map((p, n) => {
        if (n !== i) return p;
        // No and nothing at all are two answers.
        const kept = 'value' in patch && patch.value !== undefined ? { value: patch.value } : {};
        return { ...patched(p, patch), ...kept };
      }),
      mark,
    );
  const add = () =>
    put([
      ...params,
      {
        name: freeName(
          'limit',
          params.map((p) => p.name),
        ),
        label: 'Limit',
        type: 'number',
      },
    ]);
  return (
    <div className={classes.settings}>
      <p className={classes.hint}>
        Values that rules read, such as a limit from which one more person signs. They are changed here, not in every
        rule.
      </p>
      {params.map((param, i) => {
        const called = param.label || titled(param.name);
        const others = params.filter((_, n) => n !== i).map((p) => p.name);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: its name changes while it is typed
          <fieldset key={i} className={classes.card}>
            <legend className="hs-visually-hidden">{called}</legend>
            <ActionIcon
              className={classes.cardClose}
              variant="subtle"
              color="gray"
              aria-label={`Remove ${called}`}
              onClick={() => put(params.filter((_, n) => n !== i))}
            >
              <IconX size={15} aria-hidden />
            </ActionIcon>
            <TextSetting
              label="Label"
              path={`params.${i}.label`}
              value={param.label}
              onChange={(label) => change(i, { label }, `param.${i}.label`)}
            />
            <ValueSetting
              label="Value"
              path={`params.${i}.value`}
              field={{ name: param.name, type: param.type }}
              value={param.value}
              onChange={(value) => change(i, { value: value ?? undefined }, `param.${i}.value`)}
            />
            <SelectSetting
              label="Kind"
              path={`params.${i}.type`}
              options={types}
              value={param.type}
              onChange={(type) => type && change(i, { type, value: undefined })}
            />
            <NameSetting
              label="Name in rules"
              path={`params.${i}.name`}
              description={`Rules read it as params.${param.name}.`}
              value={param.name}
              valid={(text) => {
                if (!validName.test(text))
                  return `Lower case letters, digits and _, such as ${nameFrom(text) || 'limit'}.`;
                return others.includes(text) ? 'Another parameter has this name.' : undefined;
              }}
              onChange={(name) => name && change(i, { name })}
            />
            <SwitchSetting
              label="Ask whoever clones it"
              description="The value comes blank in a copy and has to be filled in before publishing."
              value={param.ask}
              onChange={(ask) => change(i, { ask })}
            />
          </fieldset>
        );
      })}
      <Button
        size="compact-sm"
        variant="subtle"
        className={classes.add}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={add}
      >
        Add a parameter
      </Button>
    </div>
  );
}
