import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '@/api/client';
import { asApiError } from '@/api/errors';
import { read } from '@/api/query';
import type { Out } from '@/api/types';
import { DefinitionComparison } from '@/components/definition-compare';
import { PersonChip } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { type Definition, opened } from '@/lib/definition';
import { Empty, LoadingRows } from '@/ui/feedback';
import { IconHistory } from '@/ui/icons';
import { Pill } from '@/ui/pill';
import { Moment } from '@/ui/time';
import { say } from '@/ui/toast';
import classes from '../designer.module.css';
import { useEditor } from '../editor';
import { SelectSetting } from '../settings/controls';
import { Lifecycle } from './lifecycle';
import versions from './versions.module.css';

type Version = Out<'versions.list'>['items'][number];
/** A side of the comparison: the draft, or a version by its number. */
type Side = 'draft' | number;

/** What was published when and by whom; two of them side by side; back to an earlier one. */
export function VersionsPart() {
  const { workflow, doc } = useEditor();
  const query = useQuery(read('versions.list', { workflow: workflow.id }));
  return (
    <div className={classes.sheet}>
      <div className={classes.sheetInner} data-wide="">
        <h2 className="hs-visually-hidden">Versions of {doc.name}</h2>
        <Lifecycle />
        <QueryState query={query} what="The list of versions" loading={<LoadingRows rows={4} />}>
          {({ items }) => (items.length > 0 ? <Versions items={items} /> : <None />)}
        </QueryState>
      </div>
    </div>
  );
}

function None() {
  return (
    <Empty icon={<IconHistory size={20} stroke={1.7} />} title="Nothing was published yet">
      When this draft is published, it becomes version 1 and stands here.
    </Empty>
  );
}

function Versions({ items }: { items: Version[] }) {
  const newest = items[0]?.no ?? 1;
  const [sides, setSides] = useState<[Side, Side]>([newest, 'draft']);
  const { workflow } = useEditor();
  const [before, after] = sides;
  const options = [
    { value: 'draft', label: 'Draft' },
    ...items.map(({ no }) => ({ value: String(no), label: `Version ${no}` })),
  ];
  const sideOf = (text: string | undefined): Side => (text === 'draft' || !text ? 'draft' : Number(text));
  return (
    <>
      <ol className={versions.list} aria-label="Versions">
        {items.map((version) => (
          <li key={version.no} className={versions.version}>
            <div className={versions.about}>
              <div className={versions.line}>
                <b>Version {version.no}</b>
                {version.no === newest && workflow.status === 'published' && <Pill tone="green">Published</Pill>}
                <span className={versions.quiet}>
                  <Moment at={version.published_at} />
                </span>
                {version.published_by && <PersonChip person={version.published_by} />}
              </div>
              {version.note && <p className={versions.note}>{version.note}</p>}
            </div>
            <div className={versions.acts}>
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => setSides([version.no, 'draft'])}
                aria-label={`Compare version ${version.no} with the draft`}
              >
                Compare
              </Button>
              <Restore no={version.no} />
            </div>
          </li>
        ))}
      </ol>
      <section aria-labelledby="compare" className={versions.compare}>
        <h3 id="compare" className={versions.heading}>
          What changed
        </h3>
        <div className={versions.sides}>
          <SelectSetting
            label="From"
            options={options}
            value={String(before)}
            onChange={(side) => setSides([sideOf(side), after])}
          />
          <SelectSetting
            label="To"
            options={options}
            value={String(after)}
            onChange={(side) => setSides([before, sideOf(side)])}
          />
        </div>
        <Compared before={before} after={after} />
      </section>
    </>
  );
}

/** A side's definition: the draft as it stands here, or a version as it was published. */
function useSide(side: Side) {
  const { doc, workflow } = useEditor();
  const query = useQuery({
    ...read('versions.get', { workflow: workflow.id, no: side === 'draft' ? 1 : side }),
    enabled: side !== 'draft',
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const found: Definition | undefined = side === 'draft' ? doc : query.data && opened(query.data.document);
  return { ...query, data: found, isPending: side !== 'draft' && query.isPending };
}

/** Within a sentence. */
const nameOf = (side: Side) => (side === 'draft' ? 'the draft' : `Version ${side}`);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function Compared({ before, after }: { before: Side; after: Side }) {
  const [a, b] = [useSide(before), useSide(after)];
  return (
    <QueryState query={a} what={capital(nameOf(before))} loading={<LoadingRows rows={4} />}>
      {(from) => (
        <QueryState query={b} what={capital(nameOf(after))} loading={<LoadingRows rows={4} />}>
          {(to) => <DefinitionComparison before={from} after={to} names={[nameOf(before), nameOf(after)]} />}
        </QueryState>
      )}
    </QueryState>
  );
}

/** Makes the draft what a version was. Undo brings the draft back. */
function Restore({ no }: { no: number }) {
  const { workflow, edit } = useEditor();
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    try {
      const found = opened((await call('versions.get', { workflow: workflow.id, no })).document);
      edit((doc) => ({ ...found, key: doc.key }));
      say(`The draft is now as version ${no} was. Undo brings yours back.`);
    } catch (error) {
      say(asApiError(error).message, 'red');
    }
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={busy}
      onClick={() => void restore()}
      aria-label={`Restore version ${no}`}
    >
      Restore
    </Button>
  );
}
