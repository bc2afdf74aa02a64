import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { read } from '@/api/query';
import type { Workflow } from '@/api/types';
import { labelsOf, ruleWords } from '@/components/definition-words';
import { FlowGraph, flowOf } from '@/components/flow-graph';
import { PersonChip } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { WorkflowIcon } from '@/components/workflow-icon';
import { BackLink } from '@/ui/back-link';
import { Card } from '@/ui/card';
import { Banner, Bone, Loading } from '@/ui/feedback';
import { LinkButton } from '@/ui/link-button';
import { Page } from '@/ui/page';
import { Pill } from '@/ui/pill';
import { Moment } from '@/ui/time';
import { FormPreview } from './form-preview';
import { StepOutline } from './step-outline';
import classes from './view-page.module.css';
import { waitingMarks } from './waiting';

const route = getRouteApi('/in/workflows/$workflow');

/** A workflow to read: what it is for, its steps and who decides, its form. */
export function WorkflowViewPage() {
  const { workflow } = route.useParams();
  const query = useQuery(read('workflows.get', { workflow }));
  return (
    <QueryState query={query} page what="This workflow" loading={<ViewLoading />}>
      {(found) => <View workflow={found} />}
    </QueryState>
  );
}

function View({ workflow }: { workflow: Workflow }) {
  const { can, document, problems = [] } = workflow;
  const params = { workflow: workflow.key };
  return (
    <Page
      title={workflow.name}
      width="wide"
      above={<BackLink to="/">Workflows</BackLink>}
      heading={
        <span className={classes.heading}>
          <WorkflowIcon workflow={workflow} /> {workflow.name} <State workflow={workflow} />
        </span>
      }
      lead={workflow.description}
      actions={
        <>
          {can.runs && (
            <LinkButton variant="default" to="/workflows/$workflow/runs" params={params}>
              Runs
            </LinkButton>
          )}
          {can.edit && (
            <LinkButton variant="default" to="/workflows/$workflow/edit" params={params}>
              Edit
            </LinkButton>
          )}
          {can.start && (
            <LinkButton to="/workflows/$workflow/start" params={params}>
              Start a request
            </LinkButton>
          )}
        </>
      }
    >
      {problems.length > 0 && (
        <Banner tone="amber" title="This draft cannot be published yet">
          <ul className={classes.problems}>
            {problems.map((problem) => (
              <li key={problem.path + problem.message}>{problem.message}</li>
            ))}
          </ul>
        </Banner>
      )}
      <Steps workflow={workflow} />
      <div className={classes.below}>
        <FormPreview document={document} />
        <About workflow={workflow} />
      </div>
    </Page>
  );
}

/** The way as a drawing and as words, side by side. What is chosen in the drawing is shown in the words. */
function Steps({ workflow }: { workflow: Workflow }) {
  const { step } = route.useSearch();
  const navigate = route.useNavigate();
  const flow = useMemo(() => flowOf(workflow.document.steps ?? [], labelsOf(workflow.document)), [workflow.document]);
  const waiting = useQuery({
    ...read('workflows.statistics', { workflow: workflow.key }),
    enabled: workflow.can.statistics === true,
  });
  const marks = useMemo(() => waitingMarks(waiting.data?.steps), [waiting.data]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (step) list.current?.querySelector('[data-selected]')?.scrollIntoView({ block: 'nearest' });
  }, [step]);
  const choose = (id: string) =>
    void navigate({ search: { step: id === step ? undefined : id }, replace: true, resetScroll: false });
  return (
    <div className={classes.columns}>
      <section aria-labelledby="path">
        <h2 id="path" className={classes.section}>
          Path
        </h2>
        <FlowGraph label={`Path of ${workflow.name}`} {...flow} marks={marks} selected={step} onSelect={choose} />
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps" className={classes.section}>
          Steps
        </h2>
        <div ref={list}>
          <StepOutline document={workflow.document} selected={step} waiting={marks} starts={workflow.starts} />
        </div>
      </section>
    </div>
  );
}

function State({ workflow }: { workflow: Workflow }) {
  if (workflow.status === 'published') return <Pill tone="green">Version {workflow.version}</Pill>;
  return <Pill>{workflow.status === 'draft' ? 'Draft' : 'Unpublished'}</Pill>;
}

function About({ workflow }: { workflow: Workflow }) {
  const visible = ruleWords(workflow.document.visible_to);
  return (
    <Card title="About">
      <dl className={classes.facts}>
        <dt>Key</dt>
        <dd>{workflow.key}</dd>
        <dt>Group</dt>
        <dd>{workflow.group}</dd>
        <dt>Who may start it</dt>
        <dd>{visible ? <code className={classes.rule}>{visible}</code> : 'Everybody'}</dd>
        {workflow.document.duties?.skip_repeated && (
          <>
            <dt>Asked once</dt>
            <dd>Who approved an earlier step of a round is not asked again</dd>
          </>
        )}
        {workflow.owner && (
          <>
            <dt>Owner</dt>
            <dd>
              <PersonChip person={workflow.owner} />
            </dd>
          </>
        )}
        <dt>Last change</dt>
        <dd>
          <Moment at={workflow.modified_at} />
        </dd>
      </dl>
      {workflow.versions.length > 0 && (
        <ol className={classes.versions} aria-label="Versions">
          {workflow.versions.slice(0, 5).map((version) => (
            <li key={version.no}>
              <b>Version {version.no}</b>{' '}
              <span className={classes.quiet}>
                <Moment at={version.published_at} />
                {version.published_by && ` by ${version.published_by.name}`}
              </span>
              {version.note && <div className={classes.quiet}>{version.note}</div>}
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function ViewLoading() {
  return (
    <Page title="Workflow" heading={<Bone width={260} height={26} />} width="wide">
      <Loading label="Loading the workflow">
        <div className={classes.columns}>
          <div className={classes.bones}>
            <Bone width={60} height={14} />
            <Bone height={520} />
          </div>
          <div className={classes.bones}>
            <Bone width={60} height={14} />
            {[1, 2, 3, 4].map((n) => (
              <Bone key={n} height={96} />
            ))}
          </div>
        </div>
      </Loading>
    </Page>
  );
}
