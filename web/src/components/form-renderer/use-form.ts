import { useCallback, useMemo, useReducer } from 'react';
import type { FieldError } from '@/api/errors';
import type { FormView, RuleContext, Values } from '@/api/types';
import { type Settled, settle } from './settle';

/** What a person has entered and where they have been. */
export type FormState = {
  entered: Values;
  touched: Record<string, true>;
  /** Whether all errors show, because sending was tried. */
  tried: boolean;
  /** The server's objections, by path, until the field they are about changes. */
  refused: Record<string, string>;
};

export type FormAction =
  | { type: 'enter'; field: string; value: unknown }
  | { type: 'leave'; field: string }
  | { type: 'try' }
  | { type: 'refuse'; errors: FieldError[] }
  | { type: 'reset'; values: Values };

export const initialForm = (values: Values): FormState => ({ entered: values, touched: {}, tried: false, refused: {} });

/** Whether a path is a field or lies in it: "items.0.cost" in "items". */
export const within = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`);

export function formReducer(state: FormState, action: FormAction): FormState {
  switch (action.type) {
    case 'enter': {
      const refused = Object.fromEntries(Object.entries(state.refused).filter(([path]) => !within(path, action.field)));
      return { ...state, entered: { ...state.entered, [action.field]: action.value }, refused };
    }
    case 'leave':
      return state.touched[action.field] ? state : { ...state, touched: { ...state.touched, [action.field]: true } };
    case 'try':
      return { ...state, tried: true };
    case 'refuse':
      return { ...state, tried: true, refused: Object.fromEntries(action.errors.map((e) => [e.field, e.message])) };
    case 'reset':
      return initialForm(action.values);
  }
}

/**
 * The errors to show: the server's, our own where the person has been, and all once sending was
 * tried. That something is missing is said only then: on the way it is no news.
 */
export function shownErrors(state: FormState, settled: Settled): Record<string, string> {
  const been = (path: string) => Object.keys(state.touched).some((field) => within(path, field));
  const own = Object.entries(settled.errors).filter(
    ([path]) => state.tried || (been(path) && !settled.missing.has(path)),
  );
  return { ...Object.fromEntries(own), ...state.refused };
}

export type FormHandle = {
  form: FormView;
  state: FormState;
  settled: Settled;
  errors: Record<string, string>;
  enter: (field: string, value: unknown) => void;
  leave: (field: string) => void;
  /** Shows all errors; answers whether there are none of our own. */
  attempt: () => boolean;
  refuse: (errors: FieldError[]) => void;
  reset: (values: Values) => void;
};

/** The state of a form on screen. */
export function useForm(form: FormView, values: Values, context: RuleContext): FormHandle {
  const [state, dispatch] = useReducer(formReducer, values, initialForm);
  const settled = useMemo(() => settle(form, state.entered, context), [form, state.entered, context]);
  const errors = useMemo(() => shownErrors(state, settled), [state, settled]);
  const enter = useCallback((field: string, value: unknown) => dispatch({ type: 'enter', field, value }), []);
  const leave = useCallback((field: string) => dispatch({ type: 'leave', field }), []);
  const refuse = useCallback((list: FieldError[]) => dispatch({ type: 'refuse', errors: list }), []);
  const reset = useCallback((next: Values) => dispatch({ type: 'reset', values: next }), []);
  const attempt = () => {
    dispatch({ type: 'try' });
    return Object.keys(settled.errors).length === 0;
  };
  return { form, state, settled, errors, enter, leave, attempt, refuse, reset };
}
