import { useEffect, useRef, useState } from 'react';
import { call } from '@/api/client';
import { type ApiError, asApiError } from '@/api/errors';
import { type Definition, opened } from '@/lib/definition';
import { Banner, Failure, LoadingRows } from '@/ui/feedback';
import { useEditor } from '../editor';
import { Code, type LineProblem } from './code';
import classes from './text.module.css';

/** How long the writer must rest before the text is read. */
const rest = 500;

type State = { text?: string; problems: LineProblem[]; reading: boolean; error?: ApiError };

/** The whole definition as YAML. What can be read changes the draft at once; what cannot is marked at its line. */
export function TextPart() {
  const { doc, edit, workflow } = useEditor();
  const [state, setState] = useState<State>({ problems: [], reading: false });
  const [turn, setTurn] = useState(0);
  /** The document that the text says. */
  const said = useRef<Definition>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(0);

  // The document was changed elsewhere, by undo for instance: the text follows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a turn is another try
  useEffect(() => {
    if (said.current === doc) return;
    const mine = ++latest.current;
    call('workflows.validate', { workflow: workflow.id, document: doc, give: 'yaml' }).then(
      (answer) => {
        if (mine !== latest.current) return;
        said.current = doc;
        setState({ text: answer.yaml ?? '', problems: [], reading: false });
      },
      (error) => mine === latest.current && setState((s) => ({ ...s, error: asApiError(error) })),
    );
  }, [doc, workflow.id, turn]);

  const read = async (text: string) => {
    const mine = ++latest.current;
    try {
      const answer = await call('workflows.validate', { workflow: workflow.id, yaml: text, give: 'document' });
      if (mine !== latest.current) return;
      if (answer.document === undefined) {
        setState((s) => ({ ...s, problems: answer.problems, reading: false, error: undefined }));
        return;
      }
      const found = opened(answer.document);
      said.current = found;
      edit(() => found, { mark: 'text' });
      setState((s) => ({ ...s, problems: [], reading: false, error: undefined }));
    } catch (error) {
      if (mine === latest.current) setState((s) => ({ ...s, reading: false, error: asApiError(error) }));
    }
  };
  const unread = useRef<() => void>(undefined);
  const change = (text: string) => {
    if (text === state.text) return;
    setState((s) => ({ ...s, text, reading: true }));
    clearTimeout(timer.current);
    unread.current = () => {
      unread.current = undefined;
      void read(text);
    };
    timer.current = setTimeout(() => unread.current?.(), rest);
  };
  // Who goes to another part within the rest loses nothing.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      unread.current?.();
    },
    [],
  );

  if (state.text === undefined) {
    if (state.error) {
      return (
        <Failure
          title="The text could not be written"
          detail={state.error.message}
          onRetry={() => setTurn((n) => n + 1)}
        />
      );
    }
    return <LoadingRows rows={10} label="Loading the text" />;
  }
  return (
    <div className={classes.part}>
      <p id="text-help" className={classes.help}>
        The whole workflow as YAML, as it is exported and imported. What can be read changes the draft at once. Remarks
        behind # are not kept.
      </p>
      <Code label="Definition" value={state.text} onChange={change} problems={state.problems} describedBy="text-help" />
      <div className={classes.foot} role="status">
        <Foot state={state} />
      </div>
    </div>
  );
}

function Foot({ state: { problems, reading, error } }: { state: State }) {
  if (error) return <Banner tone="red">{error.message} The draft is as it was before this text.</Banner>;
  if (problems.length === 0) return <span>{reading ? 'Reading…' : 'Understood.'}</span>;
  return (
    <Banner tone="amber" title="This cannot be read yet. The draft is as it was before.">
      <ul className={classes.list}>
        {problems.map((problem, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two problems may be alike
          <li key={i}>
            {problem.line ? `Line ${problem.line}: ` : problem.path && `${problem.path}: `}
            {problem.message}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
