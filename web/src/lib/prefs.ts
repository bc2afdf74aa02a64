/** What this browser remembers for its reader. Nothing secret, nothing that is not re-creatable. */
const prefix = 'handstamp.';

export function remember(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, value);
  } catch {
    // Storage may be full or forbidden; a preference is not worth an error.
  }
}

export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(prefix + name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Single-key shortcuts, on unless switched off. */
export const shortcutsOn = (): boolean => recall('shortcuts') !== 'off';
export const setShortcuts = (on: boolean): void => remember('shortcuts', on ? undefined : 'off');

/** Whether the kit of the product can be looked at here: for those who build screens. */
export const kitOn = (): boolean => recall('kit') === 'on';
export const setKit = (on: boolean): void => remember('kit', on ? 'on' : undefined);
