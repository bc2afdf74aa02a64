import { useNavigate } from '@tanstack/react-router';
import classes from './designer.module.css';
import type { Editor } from './editor';
import { type Part, type Problem, placeOfProblem } from './problems';

const addresses = {
  flow: '/workflows/$workflow/edit',
  form: '/workflows/$workflow/edit/form',
  outline: '/workflows/$workflow/edit/outline',
  settings: '/workflows/$workflow/edit/settings',
  text: '/workflows/$workflow/edit/text',
  versions: '/workflows/$workflow/edit/versions',
} as const satisfies Record<Part, string>;

/** What keeps the draft from being published. Each leads to where it is mended. */
export function ProblemList({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const { doc, problems, workflow, select } = editor;
  const navigate = useNavigate();
  if (problems.length === 0) return <p className={classes.allGood}>Nothing keeps this draft from being published.</p>;
  const jump = (problem: Problem) => {
    const { part, selection } = placeOfProblem(doc, problem);
    select(selection);
    onDone();
    void navigate({ to: addresses[part], params: { workflow: workflow.key } });
  };
  return (
    <ol className={classes.problems} aria-label="Problems">
      {problems.map((problem, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two problems may be alike
        <li key={i}>
          <button type="button" onClick={() => jump(problem)}>
            <b>{placeOfProblem(doc, problem).where}</b>
            <span>{problem.message}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
