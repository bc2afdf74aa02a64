import { type FormEvent, useEffect, useState } from 'react';
import { type ApiError, asApiError } from '@/api/errors';
import { signIn } from '@/api/session';
import { firstOrg, rememberOrg } from './org';

export type Entered = { org: string; email: string; password: string };

/** What is missing before the server need be asked. */
function missing({ org, email, password }: Entered): Partial<Entered> {
  return {
    ...(!org.trim() && { org: 'Enter the name of your organization.' }),
    ...(!email.trim() && { email: 'Enter your email address.' }),
    ...(!password && { password: 'Enter your password.' }),
  };
}

const focusOn = (name: keyof Entered) => document.getElementById(`sign-in-${name}`)?.focus();

/** The entries of the sign-in page and what became of sending them. */
export function useSignIn(org: string | undefined, onSignedIn: () => Promise<void>) {
  const [entered, setEntered] = useState<Entered>(() => ({ org: firstOrg(org), email: '', password: '' }));
  const [problems, setProblems] = useState<Partial<Entered>>({});
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const wait = useCountdown(error);

  const refused = (thrown: unknown) => {
    const known = asApiError(thrown);
    setProblems(Object.fromEntries(known.fields.map((f) => [f.field, f.message])));
    setError(known);
    setEntered((before) => ({ ...before, password: '' }));
    focusOn('password');
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const found = missing(entered);
    setProblems(found);
    setError(undefined);
    const first = (['org', 'email', 'password'] as const).find((name) => found[name]);
    if (first) return focusOn(first);
    setBusy(true);
    try {
      await signIn({ org: entered.org.trim(), email: entered.email.trim(), password: entered.password });
      rememberOrg(entered.org.trim());
      await onSignedIn();
    } catch (thrown) {
      refused(thrown);
    } finally {
      setBusy(false);
    }
  };
  const enter = (name: keyof Entered, value: string) => setEntered({ ...entered, [name]: value });
  return { entered, enter, problems, error, wait, busy, submit };
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
