import type { DocumentField, LayoutItem } from './document';

/**
 * What the designer knows of each field type and each entry of the layout: one entry per kind. Which
 * settings mean something for a type is held against the server's registry by kinds.test.ts.
 */

/** Members of a field that only some types understand. */
export type FieldSetting =
  | 'required'
  | 'default'
  | 'rules'
  | 'min'
  | 'max'
  | 'decimals'
  | 'min_length'
  | 'max_length'
  | 'pattern'
  | 'min_rows'
  | 'max_rows'
  | 'currencies'
  | 'options'
  | 'display'
  | 'unit'
  | 'columns'
  | 'people';

export const kindGroups = ['Text', 'Numbers', 'Dates', 'Choices', 'People', 'Other', 'Layout'] as const;
export type KindGroup = (typeof kindGroups)[number];

type Common = {
  label: string;
  icon: string;
  group: KindGroup /** What people also call it, for the search. */;
  also?: string;
};
export type FieldKind = Common & {
  type: string;
  settings: FieldSetting[];
  /** Whether an example can stand in the empty control. */
  placeholder?: boolean;
  /** How a choice may be shown. */
  displays?: { value: string; label: string }[];
  /** What a new one looks like, beside its label, which is that of the kind where nothing else is said. */
  fresh?: Partial<DocumentField>;
  /** Types it can turn into without losing its sense. */
  becomes?: string[];
};
export type LayoutKind = Common & { kind: Exclude<keyof LayoutItem, 'field' | 'items'>; fresh: LayoutItem };

const plain: FieldSetting[] = ['required', 'default', 'rules'];
const words: FieldSetting[] = [...plain, 'min_length', 'max_length', 'pattern'];
const options = () => ({
  options: ['One', 'Two'].map((n) => ({ value: `option_${n.toLowerCase()}`, label: `Option ${n.toLowerCase()}` })),
});

export const fieldKinds: FieldKind[] = [
  {
    type: 'text',
    label: 'Short text',
    icon: 'text',
    group: 'Text',
    also: 'line input string',
    settings: words,
    placeholder: true,
    becomes: ['long_text', 'email', 'phone', 'url', 'choice'],
  },
  {
    type: 'long_text',
    label: 'Long text',
    icon: 'paragraph',
    group: 'Text',
    also: 'paragraph area reason comment',
    settings: words,
    placeholder: true,
    becomes: ['text'],
  },
  {
    type: 'email',
    label: 'Email address',
    icon: 'mail',
    group: 'Text',
    settings: plain,
    placeholder: true,
    becomes: ['text', 'phone', 'url'],
  },
  {
    type: 'phone',
    label: 'Telephone',
    icon: 'phone',
    group: 'Text',
    also: 'mobile',
    settings: plain,
    placeholder: true,
    becomes: ['text', 'email', 'url'],
  },
  {
    type: 'url',
    label: 'Link',
    icon: 'link',
    group: 'Text',
    also: 'url web address',
    settings: plain,
    placeholder: true,
    becomes: ['text', 'email', 'phone'],
  },
  {
    type: 'number',
    label: 'Number',
    icon: 'number',
    group: 'Numbers',
    also: 'count amount days',
    settings: [...plain, 'min', 'max', 'decimals', 'unit'],
    placeholder: true,
    becomes: ['money', 'rating', 'text'],
  },
  {
    type: 'money',
    label: 'Amount of money',
    icon: 'money',
    group: 'Numbers',
    also: 'price cost currency',
    settings: [...plain, 'min', 'max', 'currencies'],
    becomes: ['number'],
  },
  {
    type: 'rating',
    label: 'Rating',
    icon: 'star',
    group: 'Numbers',
    also: 'stars score',
    settings: [...plain, 'max'],
    becomes: ['number'],
  },
  {
    type: 'date',
    label: 'Date',
    icon: 'calendar',
    group: 'Dates',
    also: 'day',
    settings: plain,
    becomes: ['datetime', 'date_range'],
  },
  {
    type: 'date_range',
    label: 'From – to',
    icon: 'range',
    group: 'Dates',
    also: 'period range two dates',
    settings: plain,
    becomes: ['date'],
    fresh: { label: 'Period' },
  },
  {
    type: 'datetime',
    label: 'Date and time',
    icon: 'calendarTime',
    group: 'Dates',
    settings: plain,
    becomes: ['date', 'time'],
  },
  { type: 'time', label: 'Time', icon: 'clock', group: 'Dates', settings: plain, becomes: ['text', 'datetime'] },
  {
    type: 'duration',
    label: 'Duration',
    icon: 'hourglass',
    group: 'Dates',
    also: 'hours days length',
    settings: plain,
    becomes: ['text', 'number'],
  },
  {
    type: 'choice',
    label: 'One of several',
    icon: 'choice',
    group: 'Choices',
    also: 'dropdown select radio choice list kind',
    settings: [...plain, 'options', 'display'],
    displays: [
      { value: 'dropdown', label: 'A list that opens' },
      { value: 'radio', label: 'All in sight' },
    ],
    fresh: { label: 'Choice', ...options() },
    becomes: ['choices', 'text'],
  },
  {
    type: 'choices',
    label: 'Several of a list',
    icon: 'choices',
    group: 'Choices',
    also: 'checkbox multiple many',
    settings: [...plain, 'options', 'display'],
    displays: [
      { value: 'checkboxes', label: 'All in sight' },
      { value: 'dropdown', label: 'A list that opens' },
    ],
    fresh: { label: 'Choices', ...options() },
    becomes: ['choice'],
  },
  {
    type: 'yes_no',
    label: 'Yes or no',
    icon: 'yesNo',
    group: 'Choices',
    also: 'checkbox tick boolean',
    settings: plain,
    becomes: ['choice'],
    fresh: { label: 'Yes or no?' },
  },
  {
    type: 'user',
    label: 'Person',
    icon: 'person',
    group: 'People',
    also: 'user colleague employee',
    settings: [...plain, 'people'],
    placeholder: true,
  },
  { type: 'department', label: 'Department', icon: 'department', group: 'People', also: 'team unit', settings: plain },
  {
    type: 'table',
    label: 'Table',
    icon: 'table',
    group: 'Other',
    also: 'rows list items positions',
    settings: [...plain, 'min_rows', 'max_rows', 'columns'],
    fresh: {
      columns: [
        { name: 'item', type: 'text', label: 'Item' },
        { name: 'amount', type: 'number', label: 'Amount' },
      ],
    },
  },
  {
    type: 'note',
    label: 'Static text',
    icon: 'note',
    group: 'Layout',
    also: 'explanation heading note',
    settings: [],
    fresh: { label: 'Good to know', help: 'What people should know before they go on.' },
  },
];

export const layoutKinds: LayoutKind[] = [
  {
    kind: 'section',
    label: 'Section',
    icon: 'section',
    group: 'Layout',
    also: 'heading group frame',
    fresh: { section: 'New section', items: [] },
  },
  {
    kind: 'columns',
    label: 'Side by side',
    icon: 'columns',
    group: 'Layout',
    also: 'columns row',
    fresh: { columns: [] },
  },
  {
    kind: 'rows',
    label: 'One below the other',
    icon: 'rows',
    group: 'Layout',
    also: 'rows stack column',
    fresh: { rows: [] },
  },
  { kind: 'grid', label: 'Grid', icon: 'grid', group: 'Layout', also: 'cells wrap', fresh: { grid: [] } },
  {
    kind: 'tabs',
    label: 'Tabs',
    icon: 'tabs',
    group: 'Layout',
    also: 'pages',
    fresh: {
      tabs: [
        { label: 'First tab', items: [] },
        { label: 'Second tab', items: [] },
      ],
    },
  },
  { kind: 'divider', label: 'Line', icon: 'divider', group: 'Layout', also: 'divider rule', fresh: { divider: true } },
];

/** A kind in the palette: a field type or an entry of the layout. */
export type PaletteEntry = { id: string; label: string; icon: string; group: KindGroup; also?: string };
export const paletteEntries: PaletteEntry[] = [
  ...fieldKinds.filter((kind) => kind.group !== 'Layout').map((kind) => ({ ...kind, id: kind.type })),
  ...layoutKinds.map((kind) => ({ ...kind, id: kind.kind })),
  ...fieldKinds.filter((kind) => kind.group === 'Layout').map((kind) => ({ ...kind, id: kind.type })),
];

export const kindOfType = (type: string): FieldKind | undefined => fieldKinds.find((kind) => kind.type === type);
export const layoutKind = (kind: string): LayoutKind | undefined => layoutKinds.find((entry) => entry.kind === kind);
export const uses = (type: string, setting: FieldSetting): boolean =>
  kindOfType(type)?.settings.includes(setting) ?? false;

/** How a type is called; its own word where this build does not know it. */
export const typeLabel = (type: string): string => kindOfType(type)?.label ?? type;

/** Every member of a field that belongs to some types only, as it stands in the document. */
const members: (keyof DocumentField)[] = [...new Set(fieldKinds.flatMap((kind) => kind.settings))];

/** A field as another type: what means nothing for it goes, what it cannot do without comes. */
export function asType(field: DocumentField, type: string): DocumentField {
  const kind = kindOfType(type);
  if (!kind || type === field.type) return field;
  const out: Record<string, unknown> = { ...field, type };
  for (const member of members) if (!kind.settings.includes(member as FieldSetting)) delete out[member];
  // A value of the old kind and the way it was shown say nothing of the new one.
  for (const member of ['default', 'default_rule', 'display']) delete out[member];
  if (!kind.placeholder) delete out.placeholder;
  if (field.type === 'yes_no' && type === 'choice') {
    out.options = [
      { value: 'yes', label: 'Yes' },
      { value: 'no', label: 'No' },
    ];
  } else if (kind.fresh?.options && !field.options?.length) out.options = kind.fresh.options;
  return out as DocumentField;
}
