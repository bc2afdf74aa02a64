import type { FieldError } from '@/api/errors';
import type { In, Out, User } from '@/api/types';

export type Attribute = Out<'attributes.list'>['items'][number];
export type Role = Out<'roles.list'>['items'][number];

const texts = ['name', 'email', 'designation', 'level', 'city', 'state', 'country', 'location'] as const;
type TextName = (typeof texts)[number];

/** What stands in the form: everything as it is typed. */
export type PersonValues = Record<TextName, string> & {
  password: string;
  /** Of the manager, an id. */
  manager: string | undefined;
  /** Of the department, its key; empty: none. */
  department: string;
  level_rank: string;
  /** By key; what is yes or no as a word, empty where nobody said. */
  attributes: Record<string, string>;
  /** Keys of the roles given to the person. */
  roles: string[];
};

const word = (value: unknown): string =>
  value === true ? 'yes' : value === false ? 'no' : value === undefined || value === null ? '' : String(value);

/** The form for somebody, or for nobody yet. */
export function valuesOf(user: User | undefined, attributes: Attribute[], roles: Role[]): PersonValues {
  const everybody = roles.find((role) => role.key === 'employee' && role.can.assign);
  return {
    ...(Object.fromEntries(texts.map((name) => [name, user?.[name] ?? ''])) as Record<TextName, string>),
    password: '',
    manager: user?.manager?.id,
    department: user?.department_key ?? '',
    level_rank: word(user?.level_rank),
    attributes: Object.fromEntries(attributes.map(({ key }) => [key, word(user?.attributes[key])])),
    roles: user ? user.own_roles : everybody ? [everybody.key] : [],
  };
}

/** What can be told before the server is asked. */
export function problemsOf(values: PersonValues, attributes: Attribute[]): FieldError[] {
  const found: FieldError[] = [];
  if (!values.name.trim()) found.push({ field: 'name', message: 'Give the person’s name.' });
  if (!values.email.trim()) found.push({ field: 'email', message: 'Give an email address such as asha@example.com.' });
  if (!isNumber(values.level_rank)) found.push({ field: 'level_rank', message: 'Give a number.' });
  for (const { key, kind } of attributes) {
    if (kind === 'number' && !isNumber(values.attributes[key] ?? '')) {
      found.push({ field: `attributes.${key}`, message: 'Give a number.' });
    }
  }
  return found;
}

const isNumber = (text: string) => text.trim() === '' || Number.isFinite(Number(text));

type Body = Omit<In<'users.update'>, 'user_id' | 'revision'>;

/** Only what differs from before: what is not named stays as it is, null clears. */
function changed(now: PersonValues, before: PersonValues, attributes: Attribute[]): Body {
  const body: Body = {};
  for (const name of texts) {
    const text = now[name].trim();
    if (text !== before[name]) body[name] = text === '' ? null : text;
  }
  if (now.manager !== before.manager) body.manager = now.manager ?? null;
  if (now.department !== before.department) body.department = now.department || null;
  if (now.level_rank.trim() !== before.level_rank) {
    body.level_rank = now.level_rank.trim() === '' ? null : Number(now.level_rank);
  }
  if (now.password) body.password = now.password;
  const told = attributes.filter(({ key }) => (now.attributes[key] ?? '').trim() !== (before.attributes[key] ?? ''));
  if (told.length > 0) {
    body.attributes = Object.fromEntries(told.map((type) => [type.key, attributeOf(type, now.attributes[type.key])]));
  }
  if (!same(now.roles, before.roles)) body.roles = now.roles;
  return body;
}

function attributeOf({ kind }: Attribute, text = ''): unknown {
  const value = text.trim();
  if (value === '') return null;
  if (kind === 'number') return Number(value);
  return kind === 'bool' ? value === 'yes' : value;
}

const same = (a: string[], b: string[]) => a.length === b.length && a.every((one) => b.includes(one));

/** The request that adds the person. Roles are said when there is a choice: without them the server gives its own. */
export function createBody(values: PersonValues, attributes: Attribute[], roles: Role[]): In<'users.create'> {
  const body = changed(values, valuesOf(undefined, attributes, []), attributes);
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  const { name, email } = values;
  const choice = roles.some((role) => role.can.assign) ? { roles: values.roles } : {};
  return { ...given, ...choice, name: name.trim(), email: email.trim() } as In<'users.create'>;
}

/** The request that changes the person, or nothing when nothing was changed. */
export function updateBody(values: PersonValues, user: User, attributes: Attribute[]): In<'users.update'> | undefined {
  const body = changed(values, valuesOf(user, attributes, []), attributes);
  if (Object.keys(body).length === 0) return undefined;
  return { user_id: user.id, revision: user.revision, ...body };
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A first password that can be read out over the telephone: four groups of four, some 80 bits. */
export function makePassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [0, 4, 8, 12].map((at) => [...bytes.slice(at, at + 4)].map((byte) => letters[byte % 32]).join('')).join('-');
}
