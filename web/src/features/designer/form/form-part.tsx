import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { DesignView } from './design-view';
import css from './form.module.css';
import { MatrixView } from './matrix-view';
import { PreviewView } from './preview-view';

const route = getRouteApi('/in/workflows/$workflow/edit/form');

const views = [
  { value: 'design', label: 'Design' },
  { value: 'matrix', label: 'Who sees what' },
  { value: 'preview', label: 'Preview' },
] as const;
type View = (typeof views)[number]['value'];

/** The form: as it is built, who meets which field where, and as people will see it. */
export function FormPart() {
  const view: View = route.useSearch().view ?? 'design';
  const navigate = route.useNavigate();
  const show = (next: View) =>
    void navigate({ search: next === 'design' ? {} : { view: next }, replace: true, resetScroll: false });
  return (
    <div className={css.part}>
      <div className={css.bar}>
        <SegmentedControl
          size="xs"
          aria-label="View of the form"
          data={views.map((entry) => ({ ...entry }))}
          value={view}
          onChange={(next) => show(next as View)}
        />
      </div>
      {view === 'design' && <DesignView />}
      {view === 'matrix' && <MatrixView />}
      {view === 'preview' && <PreviewView />}
    </div>
  );
}
