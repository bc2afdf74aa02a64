import type { In, Values } from '@/api/types';

/** What is tried: who starts with what, and what people do then. It is played from the beginning each time. */
export type Script = {
  starter: string;
  sent: boolean;
  values?: Values;
  comment?: string;
  chosen?: Record<string, string[]>;
  acts: Act[];
  /** Through whose eyes; whoever has something to do where nobody is named. */
  as?: string;
};
export type Act = {
  by: string;
  step: string;
  transition?: string;
  back?: string;
  values?: Values;
  comment?: string;
  chosen?: Record<string, string[]>;
  /** In words, for the list: "Ravi Menon: Approve". */
  said: string;
};

export type ScriptAction =
  | { type: 'starter'; id: string }
  | { type: 'send'; values: Values; chosen: Record<string, string[]> }
  | { type: 'act'; act: Act }
  | { type: 'as'; id: string | undefined }
  /** Back to before an act; -1: to the form. */
  | { type: 'back'; to: number }
  | { type: 'over' };

export const begin = (starter: string): Script => ({ starter, sent: false, acts: [] });

export function script(state: Script, action: ScriptAction): Script {
  switch (action.type) {
    case 'starter':
      return begin(action.id);
    case 'send':
      return { ...state, sent: true, values: action.values, chosen: action.chosen, acts: [], as: undefined };
    case 'act':
      return { ...state, acts: [...state.acts, action.act], as: undefined };
    case 'as':
      return { ...state, as: action.id };
    case 'back':
      if (action.to < 0) return { ...state, sent: false, acts: [], as: undefined };
      return { ...state, acts: state.acts.slice(0, action.to), as: undefined };
    case 'over':
      return begin(state.starter);
  }
}

/** The script as the server plays it. */
export function request(state: Script, document: unknown): In<'workflows.simulate'> {
  return {
    document,
    starter_id: state.starter,
    sent: state.sent,
    values: state.values,
    assignees: state.chosen,
    as_id: state.as,
    acts: state.acts.map((act) => ({
      by_id: act.by,
      step_id: act.step,
      transition: act.transition,
      send_back_to: act.back,
      values: act.values,
      comment: act.comment,
      assignees: act.chosen,
    })),
  };
}

/** What of a definition was reached, over all tries. */
export type Reached = { steps: string[]; transitions: string[] };
export function together(a: Reached, b: Reached): Reached {
  const steps = new Set([...a.steps, ...b.steps]);
  const transitions = new Set([...a.transitions, ...b.transitions]);
  if (steps.size === a.steps.length && transitions.size === a.transitions.length) return a;
  return { steps: [...steps], transitions: [...transitions] };
}
