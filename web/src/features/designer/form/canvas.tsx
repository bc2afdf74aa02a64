import { useDraggable, useDroppable } from '@dnd-kit/core';
import { createContext, memo, type ReactNode, useContext, useMemo, useRef } from 'react';
import { fieldView } from '@/components/form-renderer';
import { Field } from '@/components/form-renderer/field';
import {
  type DocumentField,
  type ItemPath,
  kindOf,
  type LayoutItem,
  layoutKind,
  listOf,
  titled,
  typeLabel,
} from '@/lib/definition';
import shell from '../designer.module.css';
import { useEditor } from '../editor';
import { DropLine, useCarrying } from './carrying';
import css from './form.module.css';
import { Toolbar } from './toolbar';
import { treeKeys } from './tree-keys';
import { useActs, useFormDesign } from './use-design';

/** The fields by name and which of them have a problem: read by those that draw one, so that the rest stays as it is. */
type Known = { fields: Map<string, DocumentField>; wrong: Set<string> };
const Fields = createContext<Known>({ fields: new Map(), wrong: new Set() });
const Tabs = createContext<Record<ItemPath, number>>({});

/** The form as it will look. Everything in it is an entry of a tree: chosen, walked and moved by mouse and by keys. */
export function Canvas({ children }: { children?: ReactNode }) {
  const { doc, layout, path, tabs, acts } = useFormDesign();
  const { problems } = useEditor();
  const carrying = useCarrying();
  const busy = useRef(false);
  busy.current = carrying.load !== undefined;
  const sheet = useRef<HTMLDivElement>(null);
  const { setNodeRef } = useDroppable({ id: 'canvas' });
  const fields = doc.form?.fields;
  const known = useMemo(() => {
    const wrong = new Set<string>();
    (fields ?? []).forEach((f, i) => {
      const at = [`form.fields.${i}`, `form.fields.${f.name}`];
      if (problems.some((p) => at.some((a) => p.path === a || p.path.startsWith(`${a}.`)))) wrong.add(f.name);
    });
    return { fields: new Map((fields ?? []).map((f) => [f.name, f])), wrong };
  }, [fields, problems]);
  const keys = treeKeys({
    scope: 'canvas',
    layout,
    hidden: (at, list) => isTab(list, at) && !list.startsWith(`${at}.tabs.${tabs[at] ?? 0}.`),
    acts,
    carrying: () => busy.current,
  });
  const empty = layout.length === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a press beside the form chooses the form as a whole; Escape does the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      ref={setNodeRef}
      className={`${shell.canvas} ${css.canvas}`}
      data-drop
      data-carrying={busy.current || undefined}
      onClick={() => acts.choose(undefined)}
    >
      {children}
      <div ref={sheet} className={css.sheet}>
        {empty && (
          <div className={css.friendly}>
            <p className={css.friendlyTitle}>Your form is empty</p>
            <p>Drag the first field here, or press Enter on one in the list.</p>
          </div>
        )}
        {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both of its roles have a name */}
        <div
          role={empty ? 'group' : 'tree'}
          aria-label="Form"
          data-tree="canvas"
          tabIndex={empty ? 0 : -1}
          className={css.list}
          data-list=""
          data-flow="down"
          {...keys}
        >
          <Fields value={known}>
            <Tabs value={tabs}>
              <Entries items={layout} list="" level={1} chosen={path ?? (empty ? undefined : '')} />
            </Tabs>
          </Fields>
        </div>
        <DropLine sheet={sheet} />
      </div>
    </div>
  );
}

const isTab = (list: string, at: ItemPath) => list.startsWith(`${at}.tabs.`);

type ListProps = {
  items: LayoutItem[];
  list: string;
  level: number;
  /** The chosen entry where it is in here; "" when none is, and the first of all is to take the focus. */
  chosen: ItemPath | undefined;
};

const Entries = memo(function Entries({ items, list, level, chosen }: ListProps) {
  return items.map((item, index) => {
    const path = list === '' ? String(index) : `${list}.${index}`;
    const mine = chosen === path || chosen?.startsWith(`${path}.`) ? chosen : undefined;
    const first = chosen === '' && path === '0';
    // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed
    return <Entry key={index} item={item} path={path} level={level} chosen={mine} first={first} />;
  });
});

type EntryProps = { item: LayoutItem; path: ItemPath; level: number; chosen: ItemPath | undefined; first: boolean };

const Entry = memo(function Entry({ item, path, level, chosen, first }: EntryProps) {
  const acts = useActs();
  const { setNodeRef, setActivatorNodeRef, listeners, isDragging } = useDraggable({
    id: `entry ${path}`,
    data: { path },
  });
  const selected = chosen === path;
  const kind = kindOf(item);
  const holds = kind !== 'field' && kind !== 'divider';
  const id = `entry-${path.replaceAll('.', '-')}`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
    <div
      ref={(node) => {
        setNodeRef(node);
        setActivatorNodeRef(node);
      }}
      role="treeitem"
      aria-level={level}
      aria-selected={selected}
      aria-expanded={holds ? true : undefined}
      aria-labelledby={`${id}-words`}
      tabIndex={selected || first ? 0 : -1}
      className={css.entry}
      data-path={path}
      data-kind={kind}
      data-lifted={isDragging || undefined}
      {...listeners}
      onFocus={(event) => {
        if (event.target === event.currentTarget) acts.choose(path);
      }}
      onClick={(event) => {
        event.stopPropagation();
        acts.choose(path);
      }}
    >
      {selected && <Toolbar path={path} holds={holds} />}
      {item.field === undefined ? (
        <Frame item={item} path={path} level={level} chosen={chosen} id={id} />
      ) : (
        <Leaf name={item.field} id={id} />
      )}
    </div>
  );
});

function Leaf({ name, id }: { name: string; id: string }) {
  const { fields, wrong } = useContext(Fields);
  const field = fields.get(name);
  if (!field) return <span id={`${id}-words`}>{`There is no field “${name}”.`}</span>;
  return <Drawn field={field} id={id} wrong={wrong.has(name)} />;
}

/** A field as people will meet it, with what is not to be seen of it in words. */
const Drawn = memo(function Drawn({ field, id, wrong }: { field: DocumentField; id: string; wrong: boolean }) {
  const label = field.label || titled(field.name);
  const note = [
    field.calculate && 'Calculated',
    field.visible_when && 'Not always shown',
    wrong && 'Has a problem',
  ].filter(Boolean);
  const words = [label, typeLabel(field.type), field.required && 'required', ...note].filter(Boolean).join(', ');
  return (
    <>
      <span id={`${id}-words`} className="hs-visually-hidden">
        {words}
      </span>
      <div inert aria-hidden className={css.drawn}>
        <Field
          field={fieldView(field, field.calculate ? 'read' : field.required ? 'required' : 'edit')}
          prefix={id}
          value={field.default ?? (field.type === 'table' ? row : undefined)}
          enter={nothing}
          leave={nothing}
        />
      </div>
      {note.length > 0 && (
        <span className={css.note} data-wrong={wrong || undefined} aria-hidden>
          {note.join(' · ')}
        </span>
      )}
    </>
  );
});
const nothing = () => {};
/** A table shows its columns where it has a row. */
const row = [{}];

type FrameProps = Omit<EntryProps, 'first'> & { id: string };

function Frame({ item, path, level, chosen, id }: FrameProps) {
  const kind = kindOf(item);
  const list = listOf(item);
  const words = item.section || (layoutKind(kind)?.label ?? kind);
  const name = (
    <span id={`${id}-words`} className="hs-visually-hidden">
      {kind === 'section' ? `${words}, Section` : words}
    </span>
  );
  if (kind === 'divider')
    return (
      <>
        {name}
        <hr className={css.divider} aria-hidden />
      </>
    );
  if (item.tabs) return <Tabbed item={item} path={path} level={level} chosen={chosen} id={id} />;
  const inner = item.items ?? item.columns ?? item.rows ?? item.grid ?? [];
  return (
    <>
      {name}
      {kind === 'section' && (
        <div className={css.heading} aria-hidden data-blank={item.section ? undefined : true}>
          {item.section || 'Section without a heading'}
        </div>
      )}
      <Inner items={inner} list={`${path}.${list}`} flow={flows[kind] ?? 'down'} level={level} chosen={chosen} />
    </>
  );
}
const flows: Record<string, string> = { columns: 'across', grid: 'wrap' };

type InnerProps = { items: LayoutItem[]; list: string; flow: string; level: number; chosen: ItemPath | undefined };

function Inner({ items, list, flow, level, chosen }: InnerProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of a tree, not of controls
    <div
      role="group"
      className={css.list}
      data-list={list}
      data-flow={flow}
      data-none={items.length === 0 || undefined}
      style={flow === 'across' ? ({ '--columns': Math.max(1, items.length) } as React.CSSProperties) : undefined}
    >
      <Entries items={items} list={list} level={level + 1} chosen={chosen} />
      {items.length === 0 && (
        <span className={css.none} aria-hidden>
          Drop a field here
        </span>
      )}
    </div>
  );
}

function Tabbed({ item, path, level, chosen, id }: FrameProps) {
  const acts = useActs();
  const open = Math.min(useContext(Tabs)[path] ?? 0, (item.tabs?.length ?? 1) - 1);
  const tab = item.tabs?.[open];
  return (
    <>
      <span id={`${id}-words`} className="hs-visually-hidden">
        {`Tabs, ${tab?.label ?? 'none'} is open`}
      </span>
      <div className={css.tabs}>
        {item.tabs?.map((one, n) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: labels change while they are typed
            key={n}
            type="button"
            aria-pressed={n === open}
            tabIndex={chosen === path ? 0 : -1}
            onClick={() => acts.showTab(path, n)}
          >
            {one.label || 'Without a name'}
          </button>
        ))}
      </div>
      <Inner items={tab?.items ?? []} list={`${path}.tabs.${open}.items`} flow="down" level={level} chosen={chosen} />
    </>
  );
}
