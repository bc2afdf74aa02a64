import { describe, expect, it } from 'vitest';
import {
  addColumn,
  addField,
  addStep,
  addTab,
  begin,
  changeField,
  changeStep,
  connect,
  connectRefusal,
  copySteps,
  type Definition,
  duplicateItem,
  fieldOf,
  freeName,
  history,
  itemAt,
  layoutOf,
  modeOf,
  moveItem,
  moveStep,
  moveTransition,
  nameFrom,
  namesIn,
  opened,
  pasteSteps,
  pathOfField,
  reconnect,
  removeItem,
  removeSteps,
  removeTab,
  renameColumn,
  renameField,
  renameStep,
  setModes,
  stepOf,
  unwrap,
  usesOfField,
} from '.';

const doc = (): Definition =>
  opened({
    key: 'LEAVE',
    name: 'Leave',
    title: 'initiator.name + ": " + form.reason',
    form: {
      fields: [
        { name: 'from', type: 'date', label: 'From', required: true },
        { name: 'to', type: 'date', label: 'To', rules: [{ check: 'form.to >= form.from', message: 'After.' }] },
        { name: 'days', type: 'number', calculate: 'workdays(form.from, form.to)' },
        {
          name: 'reason',
          type: 'text',
          visible_when: { rows: { combinator: 'and', rules: [{ field: 'form.days', operator: '>', value: 2 }] } },
        },
        { name: 'cover', type: 'user' },
        {
          name: 'items',
          type: 'table',
          columns: [
            { name: 'cost', type: 'number' },
            { name: 'what', type: 'text' },
          ],
        },
        { name: 'total', type: 'number', calculate: 'sum(form.items, "cost")' },
      ],
      layout: [{ section: 'Leave', items: [{ columns: ['from', 'to'] }, 'days', 'reason'] }, 'cover', 'items', 'total'],
    },
    steps: [
      { id: 'submit', type: 'start' },
      {
        id: 'manager',
        type: 'task',
        name: 'Manager',
        assignee: { strategy: 'field', field: 'cover' },
        fields: { reason: 'hidden' },
        transitions: [
          { id: 'yes', to: 'hr', kind: 'approve', when: 'form.days > 0 && form.reason != "form.days"' },
          { id: 'no', to: 'rejected', kind: 'reject' },
        ],
      },
      {
        id: 'hr',
        type: 'task',
        name: 'HR',
        assignee: { strategy: 'previous', step: 'manager' },
        send_back: { to: ['manager', 'initiator'] },
        transitions: [
          {
            id: 'ok',
            to: 'approved',
            when: 'prev.step == "manager" || "manager" in run.at || step in ["hr", "manager"]',
          },
        ],
      },
      { id: 'approved', type: 'end' },
      { id: 'rejected', type: 'end' },
    ],
    duties: { apart: [['manager', 'hr']] },
    absence: { outcome: 'approved', from: 'from', until: 'to' },
    audiences: { others: { reason: 'hidden' } },
    canvas: { manager: [100, 0], hr: [200, 0] },
  });

describe('names', () => {
  it('come from what people write', () => {
    expect(nameFrom('Leave from')).toBe('leave_from');
    expect(nameFrom('  Größe (in m²) ')).toBe('grosse_in_m2');
    expect(nameFrom('2nd manager')).toBe('n_2nd_manager');
    expect(nameFrom('日本')).toBe('');
  });
  it('are free', () => {
    expect(freeName('a', ['a', 'a_2'])).toBe('a_3');
    expect(freeName('a_2', ['a_2'])).toBe('a_3');
  });
});

describe('the history', () => {
  it('takes back and does again, with what was chosen', () => {
    let s = history(begin(doc()), { type: 'select', selection: { kind: 'form' } });
    s = history(s, {
      type: 'edit',
      change: (d) => changeField(d, 'to', { label: 'Until' }),
      select: { kind: 'field', name: 'to' },
    });
    expect(fieldOf(s.doc, 'to')?.label).toBe('Until');
    s = history(s, { type: 'undo' });
    expect(s.doc).toEqual(doc());
    expect(s.selection).toEqual({ kind: 'form' });
    s = history(s, { type: 'redo' });
    expect(fieldOf(s.doc, 'to')?.label).toBe('Until');
    expect(s.selection).toEqual({ kind: 'field', name: 'to' });
  });
  it('takes typing in one place back at once, and not what came before a pause', () => {
    const type = (label: string) =>
      ({ type: 'edit', change: (d: Definition) => changeField(d, 'to', { label }), mark: 'to.label' }) as const;
    let s = history(history(begin(doc()), type('U')), type('Un'));
    expect(s.past).toHaveLength(1);
    s = history(history(s, { type: 'pause' }), type('Until'));
    expect(fieldOf(history(s, { type: 'undo' }).doc, 'to')?.label).toBe('Un');
  });
  it('keeps nothing that changes nothing, and forgets the future with a change', () => {
    const s = history(begin(doc()), { type: 'edit', change: (d) => d });
    expect(s.past).toHaveLength(0);
    let t = history(s, { type: 'edit', change: (d) => changeField(d, 'to', { label: 'A' }) });
    t = history(history(t, { type: 'undo' }), { type: 'edit', change: (d) => changeField(d, 'to', { label: 'B' }) });
    expect(t.future).toHaveLength(0);
  });
});

describe('the form', () => {
  it('takes a field at a place, under a free name', () => {
    const d = addField(doc(), { name: 'from', type: 'text' }, { list: '0.items.0.columns', index: 1 });
    expect(fieldOf(d, 'from_2')?.type).toBe('text');
    expect(pathOfField(layoutOf(d), 'from_2')).toBe('0.items.0.columns.1');
    expect(pathOfField(layoutOf(d), 'to')).toBe('0.items.0.columns.2');
  });
  it('moves entries within a list, out of it and into another one', () => {
    const within = moveItem(doc(), '0.items.0', { list: '0.items', index: 3 });
    expect(within.path).toBe('0.items.2');
    expect(namesIn(layoutOf(within.doc)[0] ?? {})).toEqual(['days', 'reason', 'from', 'to']);
    const out = moveItem(doc(), '0.items.0.columns.0', { list: '', index: 0 });
    expect(out.path).toBe('0');
    expect(layoutOf(out.doc).flatMap(namesIn).slice(0, 2)).toEqual(['from', 'to']);
    const into = moveItem(doc(), '1', { list: '0.items', index: 1 });
    expect(into.path).toBe('0.items.1');
    expect(layoutOf(into.doc)).toHaveLength(3);
  });
  it('puts nothing into itself', () => {
    const d = doc();
    expect(moveItem(d, '0', { list: '0.items', index: 0 }).doc).toBe(d);
    expect(moveItem(d, '0.items.0', { list: '0.items', index: 1 }).doc).toBe(d);
  });
  it('removes an entry with its fields and what steps say of them', () => {
    const d = removeItem(doc(), '0');
    expect(d.form?.fields?.map((f) => f.name)).toEqual(['cover', 'items', 'total']);
    expect(stepOf(d, 'manager')?.fields).toBeUndefined();
    expect(d.audiences?.others).toEqual({});
  });
  it('says where a field is used', () => {
    expect(usesOfField(doc(), 'days')).toEqual(['the field “reason”', 'the step “Manager”']);
    expect(usesOfField(doc(), 'from')).toContain('the absence that it enters');
    expect(usesOfField(doc(), 'cover')).toEqual(['the step “Manager”']);
  });
  it('duplicates fields that speak of each other', () => {
    const { doc: d, path } = duplicateItem(doc(), '0');
    expect(path).toBe('1');
    expect(namesIn(itemAt(layoutOf(d), '1') ?? {})).toEqual(['from_2', 'to_2', 'days_2', 'reason_2']);
    expect(fieldOf(d, 'to_2')?.rules?.[0]?.check).toBe('form.to_2 >= form.from_2');
    expect(JSON.stringify(fieldOf(d, 'reason_2')?.visible_when)).toContain('form.days_2');
    expect(fieldOf(d, 'to')?.rules?.[0]?.check).toBe('form.to >= form.from');
  });
  it('renames a field wherever it is named, and nowhere else', () => {
    const d = renameField(renameField(doc(), 'days', 'length'), 'cover', 'stand_in');
    expect(stepOf(d, 'manager')?.transitions?.[0]?.when).toBe('form.length > 0 && form.reason != "form.days"');
    expect(JSON.stringify(fieldOf(d, 'reason')?.visible_when)).toContain('form.length');
    expect(stepOf(d, 'manager')?.assignee?.field).toBe('stand_in');
    expect(layoutOf(d).flatMap(namesIn)).toContain('length');
    const e = renameField(renameField(doc(), 'from', 'first'), 'reason', 'why');
    expect(e.absence).toEqual({ outcome: 'approved', from: 'first', until: 'to' });
    expect(e.audiences?.others).toEqual({ why: 'hidden' });
    expect(stepOf(e, 'manager')?.fields).toEqual({ why: 'hidden' });
    expect(e.title).toBe('initiator.name + ": " + form.why');
    const taken = doc();
    expect(renameField(taken, 'from', 'to')).toBe(taken);
  });
  it('renames a column in the rules about its table', () => {
    const d = addColumn(doc(), 'items', { name: 'cost', type: 'number' });
    expect(fieldOf(d, 'items')?.columns?.map((c) => c.name)).toEqual(['cost', 'what', 'cost_2']);
    const e = renameColumn(
      changeField(doc(), 'items', { visible_when: 'form.items.all(x, x.cost > 0) && size("cost") == 4' }),
      'items',
      'cost',
      'price',
    );
    expect(fieldOf(e, 'total')?.calculate).toBe('sum(form.items, "price")');
    expect(fieldOf(e, 'items')?.visible_when).toBe('form.items.all(x, x.price > 0) && size("cost") == 4');
  });
  it('unwraps a frame and removes a tab without losing a field', () => {
    expect(layoutOf(unwrap(doc(), '0')).flatMap(namesIn)).toEqual(layoutOf(doc()).flatMap(namesIn));
    let d: Definition = {
      ...doc(),
      form: { ...doc().form, layout: [{ tabs: [{ label: 'A', items: layoutOf(doc()) }] }] },
    };
    d = addTab(d, '0', 'B');
    expect(layoutOf(removeTab(d, '0', 0)).flatMap(namesIn)).toEqual(layoutOf(doc()).flatMap(namesIn));
    expect(layoutOf(removeTab(d, '0', 0))[0]?.tabs?.map((t) => t.label)).toEqual(['B']);
  });
});

describe('the matrix', () => {
  const manager = { kind: 'step', id: 'manager' } as const;
  const start = { kind: 'step', id: 'submit' } as const;
  it('knows what goes without saying', () => {
    const d = doc();
    const of = (name: string) => fieldOf(d, name) ?? { name: '', type: '' };
    expect(modeOf(d, start, of('from'))).toEqual({ mode: 'required', said: false });
    expect(modeOf(d, start, of('days'))).toEqual({ mode: 'read', said: false });
    expect(modeOf(d, manager, of('from'))).toEqual({ mode: 'read', said: false });
    expect(modeOf(d, manager, of('reason'))).toEqual({ mode: 'hidden', said: true });
  });
  it('writes only what does not', () => {
    const d = setModes(doc(), manager, ['from', 'reason'], 'read');
    expect(stepOf(d, 'manager')?.fields).toBeUndefined();
    expect(setModes(d, { kind: 'audience', id: 'others' }, ['reason'], 'read').audiences).toBeUndefined();
    expect(stepOf(setModes(d, manager, ['from'], 'edit'), 'manager')?.fields).toEqual({ from: 'edit' });
  });
});

describe('the steps', () => {
  it('come with an id and a name of their own', () => {
    const { doc: d, id } = addStep(doc(), { type: 'task', name: 'Manager' }, [10.4, 20.6]);
    expect(id).toBe('manager_2');
    expect(stepOf(d, id)?.name).toBe('Manager 2');
    expect(d.canvas?.[id]).toEqual([10, 21]);
  });
  it('keep where the start leads when their order changes', () => {
    expect(stepOf(moveStep(doc(), 'manager', 1), 'submit')?.transitions).toEqual([{ id: 'manager', to: 'manager' }]);
    expect(stepOf(removeSteps(doc(), ['manager']), 'submit')?.transitions).toBeUndefined();
  });
  it('are not connected with themselves, behind an end or to the start', () => {
    expect(connectRefusal(doc(), 'hr', 'hr')).toMatch(/itself/);
    expect(connectRefusal(doc(), 'approved', 'hr')).toMatch(/end/);
    expect(connectRefusal(doc(), 'hr', 'submit')).toMatch(/start/);
    const { doc: d, id } = connect(doc(), 'hr', 'rejected');
    expect(id).toBe('rejected');
    expect(stepOf(d, 'hr')?.transitions?.[1]).toEqual({ id: 'rejected', to: 'rejected', kind: 'approve' });
  });
  it('lead the arrow of a blank start elsewhere, and keep every other one', () => {
    const d = connect(connect(doc(), 'submit', 'approved').doc, 'submit', 'hr').doc;
    expect(stepOf(d, 'submit')?.transitions).toEqual([{ id: 'approved', to: 'hr' }]);
    expect(stepOf(connect(d, 'submit', 'manager').doc, 'submit')?.transitions?.map((t) => t.to)).toEqual([
      'hr',
      'manager',
    ]);
    expect(connectRefusal(d, 'submit', 'hr')).toMatch(/already/);
  });
  it('keep what is said of an arrow that is led elsewhere', () => {
    const to = reconnect(doc(), 'manager', 'no', 'manager', 'approved');
    expect(stepOf(to.doc, 'manager')?.transitions?.[1]).toEqual({ id: 'no', to: 'approved', kind: 'reject' });
    const from = reconnect(doc(), 'manager', 'no', 'hr', 'rejected');
    expect(stepOf(from.doc, 'hr')?.transitions?.[1]).toEqual({ id: 'no', to: 'rejected', kind: 'reject' });
    expect(stepOf(from.doc, 'manager')?.transitions).toHaveLength(1);
  });
  it('are removed with their arrows', () => {
    const d = removeSteps(doc(), ['manager', 'rejected']);
    expect(d.steps?.map((s) => s.id)).toEqual(['submit', 'hr', 'approved']);
    expect(d.duties?.apart).toBeUndefined();
    expect(d.canvas).toEqual({ hr: [200, 0] });
    expect(stepOf(d, 'hr')?.send_back).toEqual({ to: ['initiator'] });
  });
  it('are renamed wherever they are named', () => {
    const d = renameStep(doc(), 'manager', 'boss');
    expect(stepOf(d, 'submit')?.transitions).toEqual([{ id: 'manager', to: 'boss' }]);
    expect(stepOf(d, 'hr')?.assignee?.step).toBe('boss');
    expect(stepOf(d, 'hr')?.send_back?.to).toEqual(['boss', 'initiator']);
    expect(stepOf(d, 'hr')?.transitions?.[0]?.when).toBe(
      'prev.step == "boss" || "boss" in run.at || step in ["hr", "boss"]',
    );
    expect(d.duties?.apart).toEqual([['boss', 'hr']]);
    expect(d.canvas?.boss).toEqual([100, 0]);
  });
  it('are copied with the arrows between them', () => {
    const copy = copySteps(doc(), ['submit', 'manager', 'hr']);
    const { doc: d, ids } = pasteSteps(doc(), copy);
    expect(ids).toEqual(['manager_2', 'hr_2']);
    expect(stepOf(d, 'manager_2')?.transitions?.map((t) => t.to)).toEqual(['hr_2']);
    expect(stepOf(d, 'hr_2')?.assignee?.step).toBe('manager_2');
    expect(d.canvas?.hr_2).toEqual([240, 40]);
  });
  it('say nothing that is not set', () => {
    expect(stepOf(changeStep(doc(), 'manager', { assignee: undefined, name: '' }), 'manager')).not.toHaveProperty(
      'name',
    );
    expect(stepOf(moveTransition(doc(), 'manager', 'no', -1), 'manager')?.transitions?.map((t) => t.id)).toEqual([
      'no',
      'yes',
    ]);
  });
});
