import { ActionIcon, Button, Menu, NativeSelect, Select, Tooltip } from '@mantine/core';
import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from 'react';
import { elementKind, rowOperator } from '@/lib/rule/rows';
import { IconArrowDown, IconArrowsExchange, IconArrowUp, IconCopy, IconDots, IconPlus, IconTrash } from '@/ui/icons';
import { useVariables } from './directory';
import { offeredOperators } from './offered';
import classes from './rows-editor.module.css';
import { type Action, canMove, type GroupNode, isGroupNode, type Node, type RowNode, type Tree, whereIs } from './tree';
import { ValueInput } from './value-input';
import { VariableSelect } from './variable-select';

/** Where the focus goes after something was added, moved or taken out. */
export type Focus = { key: number; part: 'first' | 'menu' | 'add' };

export type Editing = {
  tree: Tree;
  /** The numbers people see, by key. */
  places: Map<number, string>;
  /** What is wrong, by number. */
  faults: Map<string, string>;
  dispatch: (action: Action) => void;
  focus: Focus | undefined;
  onFocus: (focus: Focus) => void;
  /** What a rule without conditions means. */
  empty: string;
};

const Context = createContext<Editing | undefined>(undefined);
const useEditing = () => useContext(Context) as Editing;

/** The conditions of a rule, in groups. */
export function RowsEditor(props: Editing) {
  const { root } = props.tree;
  return (
    <Context.Provider value={props}>
      {root.items.length === 0 ? <NoRows /> : <GroupBox node={root} depth={1} />}
    </Context.Provider>
  );
}

function NoRows() {
  const { tree, empty } = useEditing();
  return (
    <div className={classes.none}>
      <p>No conditions yet. Without any: {empty}.</p>
      <Adders to={tree.root.key} first />
    </div>
  );
}

/** Takes the focus when it is sent here; after what a closing menu does with it. */
function useFocusHere<T extends HTMLElement>(key: number, part: Focus['part']) {
  const { focus } = useEditing();
  const ref = useRef<T>(null);
  useEffect(() => {
    if (focus?.key !== key || focus.part !== part) return;
    const later = setTimeout(() => ref.current?.focus(), 20);
    return () => clearTimeout(later);
  }, [focus, key, part]);
  return ref;
}

const joints = [
  { value: 'and', label: 'All of these hold' },
  { value: 'or', label: 'Any of these holds' },
  { value: 'not or', label: 'None of these holds' },
  { value: 'not and', label: 'Not all of these hold' },
];

function GroupBox({ node, depth }: { node: GroupNode; depth: number }) {
  const { dispatch, places, faults } = useEditing();
  const first = useFocusHere<HTMLSelectElement>(node.key, 'first');
  const errorId = useId();
  const at = places.get(node.key) ?? '';
  const fault = faults.get(at);
  const name = at ? `Group ${at}` : 'Conditions';
  const { combinator, not } = node.group;
  const joint = `${not ? 'not ' : ''}${combinator === 'or' ? 'or' : 'and'}`;
  const join = (value: string) =>
    dispatch({ do: 'join', key: node.key, by: value.endsWith('or') ? 'or' : 'and', not: value.startsWith('not') });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place for what stands beside its legend
    <div role="group" className={classes.group} data-nested={depth > 1 || undefined} aria-label={name}>
      <div className={classes.head}>
        {at && <span className={classes.number}>{at}</span>}
        <NativeSelect
          ref={first}
          className={classes.joints}
          size="xs"
          aria-label={`${name}: how its conditions are joined`}
          aria-describedby={fault ? errorId : undefined}
          data={joints}
          value={joint}
          onChange={(event) => join(event.currentTarget.value)}
        />
        {at && <NodeMenu node={node} name={`group ${at}`} />}
      </div>
      {fault && <Fault id={errorId}>{fault}</Fault>}
      <ol className={classes.items}>
        {node.items.map((item, i) => (
          <li key={item.key} className={classes.item}>
            {i > 0 && <div className={classes.between}>{combinator === 'or' ? 'or' : 'and'}</div>}
            {isGroupNode(item) ? <GroupBox node={item} depth={depth + 1} /> : <RowLine node={item} />}
          </li>
        ))}
      </ol>
      <Adders to={node.key} deepest={depth >= 9} />
    </div>
  );
}

const Fault = ({ id, children }: { id: string; children: ReactNode }) => (
  <div id={id} className={classes.fault}>
    {children}
  </div>
);

/** `first` is where the dialog begins. */
function Adders({ to, first, deepest }: { to: number; first?: boolean; deepest?: boolean }) {
  const { tree, dispatch, onFocus } = useEditing();
  const ref = useFocusHere<HTMLButtonElement>(to, 'add');
  const add = (what: 'row' | 'group') => {
    dispatch({ do: 'add', to, what });
    onFocus({ key: tree.next + (what === 'row' ? 0 : 1), part: 'first' });
  };
  const plus = <IconPlus size={14} aria-hidden />;
  return (
    <div className={classes.adders}>
      <Button
        ref={ref}
        variant="default"
        size="xs"
        leftSection={plus}
        data-autofocus={first || undefined}
        onClick={() => add('row')}
      >
        Add a condition
      </Button>
      {!deepest && !first && (
        <Button variant="subtle" size="xs" leftSection={plus} onClick={() => add('group')}>
          Add a group
        </Button>
      )}
    </div>
  );
}

function RowLine({ node }: { node: RowNode }) {
  const { dispatch, places, faults } = useEditing();
  const variables = useVariables();
  const first = useFocusHere<HTMLInputElement>(node.key, 'first');
  const errorId = useId();
  const at = places.get(node.key) ?? '';
  const fault = faults.get(at);
  const { key, row } = node;
  const variable = variables.get(row.field ?? '');
  const name = `Condition ${at}`;
  const describedBy = fault ? errorId : undefined;
  const look = (field: string) => {
    const next = variables.get(field);
    const like =
      next?.kind === variable?.kind && !next?.options && !variable?.options && next?.picks === variable?.picks;
    dispatch({ do: 'field', key, field, kind: next?.kind ?? 'text', like });
  };
  const valued = rowOperator(row.operator)?.values !== 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place for what stands beside its legend
    <div role="group" className={classes.row} aria-label={name} data-fault={fault ? true : undefined}>
      <span className={classes.number} aria-hidden>
        {at}
      </span>
      <div className={classes.inputs} data-valued={(variable && valued) || undefined}>
        <VariableSelect
          ref={first}
          label={`${name}: what it looks at`}
          describedBy={describedBy}
          invalid={Boolean(fault) && !variable}
          placeholder="Choose what to look at"
          value={row.field ?? ''}
          onChange={look}
        />
        {variable && (
          <Select
            aria-label={`${name}: how to compare`}
            aria-describedby={describedBy}
            data={offeredOperators(variable, row.operator)}
            value={row.operator ?? null}
            onChange={(operator) => operator && dispatch({ do: 'operator', key, operator })}
            allowDeselect={false}
            comboboxProps={{ shadow: 'md' }}
            maxDropdownHeight={320}
          />
        )}
        {variable && valued && (
          <div className={classes.value}>
            <ValueInput
              label={`${name}: value`}
              describedBy={describedBy}
              invalid={Boolean(fault)}
              variable={variable}
              operator={row.operator ?? ''}
              other={row.valueSource === 'field'}
              value={row.value}
              onChange={(value) => dispatch({ do: 'value', key, value })}
            />
            <SourceSwitch node={node} name={name} />
          </div>
        )}
      </div>
      <NodeMenu node={node} name={`condition ${at}`} />
      {fault && <Fault id={errorId}>{fault}</Fault>}
    </div>
  );
}

/** Between a value and another variable of the same kind, where there is one. */
function SourceSwitch({ node: { key, row }, name }: { node: RowNode; name: string }) {
  const { dispatch } = useEditing();
  const variables = useVariables();
  const kind = elementKind(variables.get(row.field ?? '')?.kind ?? 'text');
  const other = row.valueSource === 'field';
  const possible = [...variables.values()].some((v) => v.kind === kind && v.name !== row.field);
  if (!other && !possible) return null;
  return (
    <Tooltip label={other ? 'Compare with a value' : 'Compare with another field'} withinPortal>
      <ActionIcon
        className={classes.exchange}
        variant={other ? 'light' : 'subtle'}
        color={other ? undefined : 'gray'}
        size="lg"
        aria-label={`${name}: compare with another field`}
        aria-pressed={other}
        onClick={() => dispatch({ do: 'source', key, source: other ? 'value' : 'field' })}
      >
        <IconArrowsExchange size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function NodeMenu({ node, name }: { node: Node; name: string }) {
  const { tree, dispatch, onFocus } = useEditing();
  const ref = useFocusHere<HTMLButtonElement>(node.key, 'menu');
  const { key } = node;
  const move = (by: -1 | 1) => {
    dispatch({ do: 'move', key, by });
    onFocus({ key, part: 'menu' });
  };
  const duplicate = () => {
    dispatch({ do: 'duplicate', key });
    onFocus({ key: tree.next, part: 'first' });
  };
  const remove = () => {
    onFocus(beside(tree, key));
    dispatch({ do: 'remove', key });
  };
  return (
    <Menu withinPortal zIndex={310}>
      <Menu.Target>
        <ActionIcon
          ref={ref}
          className={classes.menu}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={`More for ${name}`}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp size={15} aria-hidden />}
          disabled={!canMove(tree.root, key, -1)}
          onClick={() => move(-1)}
        >
          Move up
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={15} aria-hidden />}
          disabled={!canMove(tree.root, key, 1)}
          onClick={() => move(1)}
        >
          Move down
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={15} aria-hidden />} onClick={duplicate}>
          Duplicate
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} color="red" onClick={remove}>
          Remove {name}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What takes the focus when an entry goes: the next one, the one before, or where one can be added. */
function beside({ root }: Tree, key: number): Focus {
  const place = whereIs(root, key);
  if (!place) return { key: root.key, part: 'add' };
  const { parent, at } = place;
  const next = parent.items[at + 1] ?? parent.items[at - 1];
  if (next) return { key: next.key, part: 'first' };
  return parent === root ? { key: root.key, part: 'add' } : beside({ root, next: 0 }, parent.key);
}
