import { Button } from '@mantine/core';
import { counted } from '@/components/form-renderer/field-type';
import { fieldOf, fieldsOf, formCount, itemAt, kindOf, layoutKind, titled, typeLabel } from '@/lib/definition';
import { commandKey } from '@/ui/hotkeys';
import { IconArrowLeft } from '@/ui/icons';
import shell from '../designer.module.css';
import { useEditor } from '../editor';
import { messagesAt } from '../problems';
import { ColumnSettings, FieldSettings } from './field-settings';
import css from './form.module.css';
import { LayoutSettings } from './layout-settings';
import { useFormDesign } from './use-design';

/** What the settings are about. */
export function ChosenTitle() {
  const { doc, layout, path } = useFormDesign();
  const { selection } = useEditor();
  const item = path === undefined ? undefined : itemAt(layout, path);
  if (!item) return 'Form';
  if (selection.kind === 'column') return 'Column';
  if (item.field === undefined) return layoutKind(kindOf(item))?.label;
  return typeLabel(fieldOf(doc, item.field)?.type ?? '');
}

/** The settings of what is chosen: a field, a column of a table, a frame, or the form as a whole. */
export function ChosenSettings() {
  const { doc, layout, path } = useFormDesign();
  const { selection, select } = useEditor();
  const item = path === undefined ? undefined : itemAt(layout, path);
  if (!item || path === undefined) return <WholeForm />;
  if (item.field === undefined) return <LayoutSettings key={path} item={item} path={path} />;
  const field = fieldOf(doc, item.field);
  if (!field) return <p className={shell.hint}>There is no field “{item.field}”. Remove this entry.</p>;
  // By its place in the list, for its name may change while its label is typed.
  const index = fieldsOf(doc).indexOf(field);
  if (selection.kind === 'column') {
    const at = field.columns?.findIndex((c) => c.name === selection.name) ?? -1;
    const column = field.columns?.[at];
    if (column)
      return (
        <div className={shell.settings}>
          <Button
            size="compact-sm"
            variant="subtle"
            className={shell.add}
            leftSection={<IconArrowLeft size={14} aria-hidden />}
            onClick={() => select({ kind: 'field', name: field.name })}
          >
            {field.label || titled(field.name)}
          </Button>
          <ColumnSettings key={`${index} ${at}`} table={field} tableIndex={index} column={column} index={at} />
        </div>
      );
  }
  return <FieldSettings key={index} field={field} index={index} />;
}

const keys: [string, string][] = [
  ['↑ ↓', 'walk through the form'],
  ['Alt ↑ ↓', 'move what is chosen'],
  ['Alt ← →', 'move it out of a frame, or into one'],
  ['Enter', 'change its label'],
  [`${commandKey} D`, 'duplicate it'],
  [`${commandKey} C X V`, 'copy, cut and paste, also into another form'],
  ['Del', 'remove it'],
  [`${commandKey} Z`, 'undo'],
];

/** Nothing is chosen: what the form is, and how one works with it. */
function WholeForm() {
  const { doc } = useFormDesign();
  const { problems } = useEditor();
  const { fields, sections } = formCount(doc);
  const wrong = [
    ...(messagesAt(
      problems.filter((p) => p.path === 'form' || p.path === 'form.layout' || p.path === 'form.fields'),
      'form',
    ) ?? []),
  ];
  return (
    <div className={shell.settings}>
      <p className={css.count}>
        {fields === 0 ? 'No field yet' : counted(fields, 'field')}
        {sections > 0 && ` in ${counted(sections, 'section')}`}
      </p>
      {wrong.map((message) => (
        <p key={message} className={shell.valueError}>
          {message}
        </p>
      ))}
      <p className={shell.hint}>
        This is what people fill in when they start a request, and what those who decide read. Choose a field to change
        it. Who may see and change which field in which step stands under “Who sees what”.
      </p>
      <dl className={css.keys}>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
