import { Button, PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type ApiError, asApiError } from '@/api/errors';
import { signIn } from '@/api/session';
import { Banner } from '@/ui/feedback';
import { usePageTitle } from '@/ui/page';
import { safeNext } from './next';
import { firstOrg, rememberOrg } from './org';
import classes from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');
type Entered = { org: string; email: string; password: string };

/** What is missing before the server need be asked. */
function missing({ org, email, password }: Entered): Partial<Entered> {
  return {
    ...(!org.trim() && { org: 'Enter the name of your organization.' }),
    ...(!email.trim() && { email: 'Enter your email address.' }),
    ...(!password && { password: 'Enter your password.' }),
  };
}

export function SignInPage() {
  const { org, next } = route.useSearch();
  const navigate = route.useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle('Sign in', heading);
  const [entered, setEntered] = useState<Entered>(() => ({ org: firstOrg(org), email: '', password: '' }));
  const [problems, setProblems] = useState<Partial<Entered>>({});
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const wait = useCountdown(error);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = missing(entered);
    setProblems(found);
    setError(undefined);
    const first = (['org', 'email', 'password'] as const).find((name) => found[name]);
    if (first) return document.getElementById(`sign-in-${first}`)?.focus();
    setBusy(true);
    try {
      await signIn({ org: entered.org.trim(), email: entered.email.trim(), password: entered.password });
      rememberOrg(entered.org.trim());
      await navigate({ href: safeNext(next), replace: true });
    } catch (thrown) {
      const refused = asApiError(thrown);
      setProblems(Object.fromEntries(refused.fields.map((f) => [f.field, f.message])));
      setError(refused);
      setEntered((before) => ({ ...before, password: '' }));
      document.getElementById('sign-in-password')?.focus();
    } finally {
      setBusy(false);
    }
  };

  const field = (name: keyof Entered) => ({
    id: `sign-in-${name}`,
    name,
    size: 'md' as const,
    value: entered[name],
    error: problems[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setEntered({ ...entered, [name]: event.currentTarget.value }),
  });

  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit} noValidate aria-labelledby="sign-in-title">
        <img src="/mark.svg" alt="" width={40} height={40} />
        <h1 id="sign-in-title" ref={heading} tabIndex={-1} className={classes.title}>
          Sign in to Handstamp
        </h1>
        {error && (wait > 0 || error.code !== 'throttled') && (
          <Banner tone={error.code === 'throttled' ? 'amber' : 'red'}>
            {wait > 0 ? `Too many tries. Please wait ${wait} ${wait === 1 ? 'second' : 'seconds'}.` : error.message}
          </Banner>
        )}
        <TextInput label="Organization" autoComplete="organization" autoCapitalize="none" {...field('org')} />
        <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...field('password')}
        />
        <Button type="submit" size="md" loading={busy} disabled={wait > 0}>
          Sign in
        </Button>
      </form>
    </main>
  );
}

/** Seconds left of a throttled sign-in. */
function useCountdown(error: ApiError | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (error?.code !== 'throttled') return setLeft(0);
    const end = Date.now() + (error.retryAfter ?? 30) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
