import { Button, Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ApiError, FieldError } from '@/api/errors';
import type { Department, User } from '@/api/types';
import { Refusal } from '@/components/query-state';
import { PersonPicker } from '@/components/user-picker';
import { ActionBar } from '@/ui/action-bar';
import { Card } from '@/ui/card';
import { Banner } from '@/ui/feedback';
import { AttributeInput } from './attribute-input';
import { DesignationInput } from './designation-input';
import classes from './person-form.module.css';
import { type Attribute, makePassword, type PersonValues, problemsOf, type Role, valuesOf } from './person-values';

type Known = { departments: Department[]; roles: Role[]; attributes: Attribute[] };
type PersonFormProps = {
  /** Nobody yet without one. */
  user?: User;
  known: Known;
  submit: string;
  error: ApiError | null;
  pending: boolean;
  onSubmit: (values: PersonValues) => void;
  onCancel: () => void;
};

/** What a section of the form gets: the values, how to change them, and what is wrong where. */
type Section = {
  values: PersonValues;
  set: (change: Partial<PersonValues>) => void;
  wrong: (field: string) => string | undefined;
};

/** Everything that can be said about a person. */
export function PersonForm({ user, known, submit, error, pending, onSubmit, onCancel }: PersonFormProps) {
  const [values, setValues] = useState(() => valuesOf(user, known.attributes, known.roles));
  const [local, setLocal] = useState<FieldError[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
  const found = local.length > 0 ? local : (error?.fields ?? []);
  useFirstError(form, found);
  const section: Section = {
    values,
    set: (change) => {
      setValues((now) => ({ ...now, ...change }));
      setMended((now) => new Set([...now, ...Object.keys(change)]));
    },
    // What was changed since is not called wrong before it is sent again.
    wrong: (field) =>
      mended.has(field.replace(/\..*/, '')) ? undefined : found.find((problem) => problem.field === field)?.message,
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const problems = problemsOf(values, known.attributes);
    setLocal(problems);
    setMended(new Set());
    if (problems.length === 0) onSubmit(values);
  };
  return (
    <form ref={form} className={classes.form} onSubmit={send} noValidate aria-label={submit}>
      <SignIn {...section} user={user} />
      <Work {...section} departments={known.departments} />
      {known.attributes.length > 0 && <Attributes {...section} attributes={known.attributes} />}
      <Roles {...section} user={user} roles={known.roles} />
      {local.length === 0 && <Rest error={error} />}
      <ActionBar>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={pending}>
          {submit}
        </Button>
      </ActionBar>
    </form>
  );
}

/** After a refusal the reader is put at the first field that is wrong. */
function useFirstError(form: React.RefObject<HTMLFormElement | null>, found: FieldError[]) {
  const fields = found.map((problem) => problem.field).join();
  useEffect(() => {
    if (fields) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [fields, form]);
}

const placed =
  /^(name|email|password|manager|department|designation|level|level_rank|city|state|country|location|roles|attributes\..+)$/;

/** What the server refused that no field shows. */
function Rest({ error }: { error: ApiError | null }) {
  if (!error) return null;
  const homeless = error.fields.filter(({ field }) => !placed.test(field));
  if (error.fields.length === 0) return <Refusal error={error} />;
  if (homeless.length === 0) return null;
  return <Banner tone="red">{homeless.map((problem) => problem.message).join(' ')}</Banner>;
}

function SignIn({ values, set, wrong, user }: Section & { user: User | undefined }) {
  const reaches = !user || user.can.sign_in;
  return (
    <Card title="Who it is">
      <div className={classes.fields}>
        <TextInput
          label="Name"
          required
          autoComplete="off"
          value={values.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={wrong('name')}
        />
        {reaches && (
          <TextInput
            label="Email"
            type="email"
            required
            autoComplete="off"
            description={user ? 'Another address ends the sessions.' : 'It is what the person signs in with.'}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={values.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
            error={wrong('email')}
          />
        )}
        {reaches && (
          <div className={classes.wide}>
            <Password values={values} set={set} wrong={wrong} isNew={!user} />
          </div>
        )}
        {!reaches && (
          <p className={classes.quiet}>
            {user?.email}: address and password can be changed only by somebody with all the rights this person has.
          </p>
        )}
      </div>
    </Card>
  );
}

function Password({ values, set, wrong, isNew }: Section & { isNew: boolean }) {
  const [visible, setVisible] = useState(false);
  return (
    <div className={classes.password}>
      <PasswordInput
        label={isNew ? 'First password' : 'New password'}
        description={
          isNew
            ? 'At least 8 characters. Without one the person cannot sign in yet.'
            : 'Empty: it stays. A new one ends the sessions.'
        }
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autoComplete="new-password"
        visible={visible}
        onVisibilityChange={setVisible}
        visibilityToggleButtonProps={{ 'aria-label': visible ? 'Hide the password' : 'Show the password', tabIndex: 0 }}
        value={values.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
        error={wrong('password')}
      />
      <Button
        variant="default"
        onClick={() => {
          set({ password: makePassword() });
          setVisible(true);
        }}
      >
        Make one up
      </Button>
    </div>
  );
}

function Work({ values, set, wrong, departments }: Section & { departments: Department[] }) {
  const text = (name: 'level' | 'city' | 'state' | 'country' | 'location', label: string) => (
    <TextInput
      label={label}
      autoComplete="off"
      value={values[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      error={wrong(name)}
    />
  );
  return (
    <Card title="Work">
      <div className={classes.fields}>
        <PersonPicker
          label="Manager"
          placeholder="Nobody"
          value={values.manager}
          onChange={(manager) => set({ manager })}
          error={wrong('manager')}
          invalid={Boolean(wrong('manager'))}
        />
        <NativeSelect
          label="Department"
          data={[{ value: '', label: 'None' }, ...departments.map((d) => ({ value: d.key, label: d.name }))]}
          value={values.department}
          onChange={(event) => set({ department: event.currentTarget.value })}
          error={wrong('department')}
        />
        <DesignationInput
          label="Designation"
          value={values.designation}
          onChange={(designation) => set({ designation })}
          error={wrong('designation')}
        />
        <div className={classes.pair}>
          {text('level', 'Level')}
          <TextInput
            label="Rank of the level"
            inputMode="decimal"
            value={values.level_rank}
            onChange={(event) => set({ level_rank: event.currentTarget.value })}
            error={wrong('level_rank')}
          />
        </div>
        {text('location', 'Office or site')}
        {text('city', 'City')}
        {text('state', 'State')}
        {text('country', 'Country')}
      </div>
    </Card>
  );
}

function Attributes({ values, set, wrong, attributes }: Section & { attributes: Attribute[] }) {
  return (
    <Card title="Attributes">
      <div className={classes.fields}>
        {attributes.map((attribute) => (
          <AttributeInput
            key={attribute.key}
            attribute={attribute}
            value={values.attributes[attribute.key] ?? ''}
            onChange={(value) => set({ attributes: { ...values.attributes, [attribute.key]: value } })}
            error={wrong(`attributes.${attribute.key}`)}
          />
        ))}
      </div>
    </Card>
  );
}

function Roles({ values, set, wrong, user, roles }: Section & { user: User | undefined; roles: Role[] }) {
  const choice = roles.filter((role) => role.can.assign);
  const kept = roles.filter((role) => !role.can.assign && values.roles.includes(role.key));
  const otherwise = roles.filter((role) => user?.roles.includes(role.key) && !user.own_roles.includes(role.key));
  const toggle = (key: string, on: boolean) =>
    set({ roles: on ? [...values.roles, key] : values.roles.filter((role) => role !== key) });
  const names = (list: Role[]) => list.map((role) => role.name).join(', ');
  if (choice.length + kept.length + otherwise.length === 0) return null;
  return (
    <Card title="Roles">
      <fieldset className={classes.roles}>
        <legend className="hs-visually-hidden">Roles given to the person</legend>
        {choice.map((role) => (
          <Checkbox
            key={role.key}
            label={role.name}
            description={role.description || undefined}
            checked={values.roles.includes(role.key)}
            onChange={(event) => toggle(role.key, event.currentTarget.checked)}
          />
        ))}
      </fieldset>
      {wrong('roles') && <Banner tone="red">{wrong('roles')}</Banner>}
      {kept.length > 0 && <p className={classes.quiet}>Has besides, and keeps: {names(kept)}.</p>}
      {otherwise.length > 0 && <p className={classes.quiet}>By department or designation: {names(otherwise)}.</p>}
    </Card>
  );
}
