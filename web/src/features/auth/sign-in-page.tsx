import { Button, PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { type ChangeEvent, useRef } from 'react';
import type { ApiError } from '@/api/errors';
import { Banner } from '@/ui/feedback';
import { usePageTitle } from '@/ui/page';
import { safeNext } from './next';
import classes from './sign-in-page.module.css';
import { type Entered, useSignIn } from './use-sign-in';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { org, next } = route.useSearch();
  const navigate = route.useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  usePageTitle('Sign in', heading);
  const form = useSignIn(org, () => navigate({ href: safeNext(next), replace: true }));
  const field = (name: keyof Entered) => ({
    id: `sign-in-${name}`,
    name,
    size: 'md' as const,
    value: form.entered[name],
    error: form.problems[name],
    onChange: (event: ChangeEvent<HTMLInputElement>) => form.enter(name, event.currentTarget.value),
  });
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={form.submit} noValidate aria-labelledby="sign-in-title">
        <img src="/mark.svg" alt="" width={40} height={40} />
        <h1 id="sign-in-title" ref={heading} tabIndex={-1} className={classes.title}>
          Sign in to Handstamp
        </h1>
        <Notice error={form.error} wait={form.wait} />
        <TextInput label="Organization" autoComplete="organization" autoCapitalize="none" {...field('org')} />
        <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...field('password')}
        />
        <Button type="submit" size="md" loading={form.busy} disabled={form.wait > 0}>
          Sign in
        </Button>
      </form>
    </main>
  );
}

/** Why it did not work; while somebody is asked to wait, for how long. */
function Notice({ error, wait }: { error: ApiError | undefined; wait: number }) {
  if (!error || (error.code === 'throttled' && wait === 0)) return null;
  if (wait === 0) return <Banner tone="red">{error.message}</Banner>;
  return (
    <Banner tone="amber">
      Too many tries. Please wait {wait} {wait === 1 ? 'second' : 'seconds'}.
    </Banner>
  );
}
