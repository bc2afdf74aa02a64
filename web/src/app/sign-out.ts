import { signOut } from '@/api/session';

/** Signs out; the provider notices and leads to the sign-in page. */
export const signOutAndLeave = (): Promise<unknown> => signOut();
