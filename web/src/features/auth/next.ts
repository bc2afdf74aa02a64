/**
 * Where to go after signing in: only an address of this application, because a link to the sign-in page must not lead
 * elsewhere. It is asked where the address is used: the router keeps what validation drops.
 */
export const safeNext = (next: string | undefined): string =>
  next && /^\/(?![/\\])[^\s\\]*$/.test(next) && !next.startsWith('/sign-in') ? next : '/';
