import { Tabs } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import type { FieldChange, FieldView, Item } from '@/api/types';
import { usePrinting } from '@/ui/printing';
import { Field } from './field';
import classes from './form-renderer.module.css';
import { byName, fieldOf, fieldsOf, layoutOf } from './layout';
import type { FormHandle } from './use-form';

type Drawing = {
  handle: FormHandle;
  fields: Map<string, FieldView>;
  prefix: string;
  /** The field a reader was sent to, and how often: tabs open where it lies. */
  revealed?: { field: string; turn: number };
  changes?: Record<string, FieldChange>;
  /** The fields the reader was asked to correct. */
  correct?: string[];
};

export type FormRendererProps = Pick<Drawing, 'handle' | 'revealed' | 'changes' | 'correct'> & { prefix?: string };

/** Draws a form as its layout says, live: what rules hide is away, what they calculate is there. */
export function FormRenderer({ handle, prefix = 'f', revealed, changes, correct }: FormRendererProps) {
  const layout = useMemo(() => layoutOf(handle.form), [handle.form]);
  const fields = useMemo(() => byName(handle.form.fields), [handle.form]);
  const live = handle.form.fields.some((field) => field.mode !== 'read');
  return (
    <div className={classes.form} data-live={live || undefined}>
      <Items items={layout} drawing={{ handle, fields, prefix, revealed, changes, correct }} />
    </div>
  );
}

const visible = (item: Item, { handle, fields }: Drawing): boolean =>
  item.divider === true || fieldsOf(item).some((name) => fields.has(name) && !handle.settled.hidden.has(name));

function Items({ items, drawing }: { items: Item[]; drawing: Drawing }) {
  return items
    .map((item, i) => ({ item, key: item.field ?? item.section ?? `#${i}` }))
    .filter(({ item }) => visible(item, drawing))
    .map(({ item, key }) => <One key={key} item={item} drawing={drawing} />);
}

function One({ item, drawing }: { item: Item; drawing: Drawing }) {
  if (item.field) return <Placed name={item.field} drawing={drawing} />;
  if (item.divider) return <hr className={classes.divider} />;
  if (item.tabs) return <Tabbed item={item} drawing={drawing} />;
  if (item.columns) return <Columns items={item.columns} drawing={drawing} />;
  if (item.grid) {
    return (
      <div className={classes.grid}>
        <Items items={item.grid} drawing={drawing} />
      </div>
    );
  }
  const inner = (
    <div className={classes.rows}>
      <Items items={item.items ?? item.rows ?? []} drawing={drawing} />
    </div>
  );
  if (item.section === undefined) return inner;
  return (
    <section className={classes.section}>
      {item.section && <h2 className={classes.heading}>{item.section}</h2>}
      {inner}
    </section>
  );
}

function Columns({ items, drawing }: { items: Item[]; drawing: Drawing }) {
  const shown = items.filter((item) => visible(item, drawing));
  return (
    <div className={classes.columns} style={{ '--columns': shown.length } as React.CSSProperties}>
      <Items items={shown} drawing={drawing} />
    </div>
  );
}

function Placed({ name, drawing }: { name: string; drawing: Drawing }) {
  const { handle, fields, prefix } = drawing;
  const field = fields.get(name);
  const inner = useMemo(() => below(handle.errors, name), [handle.errors, name]);
  if (!field) return null;
  const shown = field.calculate || field.mode === 'read' ? handle.settled.values : handle.state.entered;
  return (
    <Field
      field={field}
      prefix={prefix}
      value={shown[name]}
      error={handle.errors[name]}
      inner={inner}
      change={drawing.changes?.[name]}
      correct={drawing.correct?.includes(name)}
      enter={handle.enter}
      leave={handle.leave}
    />
  );
}

/** The messages below a field, without its name; the same empty object when there are none. */
function below(errors: Record<string, string>, name: string): Record<string, string> {
  const found = Object.entries(errors).filter(([path]) => path.startsWith(`${name}.`));
  return found.length === 0 ? none : Object.fromEntries(found.map(([path, m]) => [path.slice(name.length + 1), m]));
}
const none: Record<string, string> = {};

function Tabbed({ item, drawing }: { item: Item; drawing: Drawing }) {
  const tabs = (item.tabs ?? []).filter((tab) => tab.items.some((inner) => visible(inner, drawing)));
  const [active, setActive] = useState<string | null>(tabs[0]?.label ?? null);
  const { revealed } = drawing;
  const printing = usePrinting();
  const target = revealed && item.tabs?.find((tab) => tab.items.flatMap(fieldsOf).includes(revealed.field))?.label;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a second jump to the same field opens its tab again
  useEffect(() => {
    if (target) setActive(target);
  }, [target, revealed?.turn]);
  const wrong = (items: Item[]) => {
    const names = new Set(items.flatMap(fieldsOf));
    return Object.keys(drawing.handle.errors).filter((path) => names.has(fieldOf(path))).length;
  };
  if (printing)
    return tabs.map((tab) => <One key={tab.label} item={{ section: tab.label, items: tab.items }} drawing={drawing} />);
  return (
    <Tabs value={active} onChange={setActive} keepMounted={false}>
      <Tabs.List>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.label} value={tab.label}>
            {tab.label}
            {wrong(tab.items) > 0 && (
              <span className={classes.wrong}>
                {wrong(tab.items)}
                <span className="hs-visually-hidden"> to correct</span>
              </span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.label} value={tab.label} pt="md">
          <div className={classes.rows}>
            <Items items={tab.items} drawing={drawing} />
          </div>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
