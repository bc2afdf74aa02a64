import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { read } from '@/api/query';
import type { Out } from '@/api/types';
import { QueryState } from '@/components/query-state';
import { Banner, Empty, LoadingRows } from '@/ui/feedback';
import { IconUsers } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { Page } from '@/ui/page';
import { SearchBox } from '@/ui/search-box';
import { PeopleTabs, useRights } from './people-tabs';
import { forestOf, lineAbove, type Node } from './tree';
import classes from './tree-page.module.css';
import { TreeView } from './tree-view';
import { type TreeHandle, useTree } from './use-tree';

const route = getRouteApi('/in/people/tree');

/** Who reports to whom, as a picture. */
export function TreePage() {
  const tree = useQuery(read('people.tree', {}));
  return (
    <Page title="Reporting lines" width="wide">
      <PeopleTabs />
      <QueryState query={tree} what="The picture of the reporting lines" loading={<LoadingRows rows={8} />}>
        {(found) =>
          found.items.length > 0 ? (
            <Picture found={found} />
          ) : (
            <Empty icon={<IconUsers size={20} stroke={1.7} />} title="Nobody here yet">
              As soon as people have managers, their lines appear here.
            </Empty>
          )
        }
      </QueryState>
    </Page>
  );
}

/** More than this at once nobody reads, and a browser draws slowly. */
const mostOpen = 600;

function Picture({ found }: { found: Out<'people.tree'> }) {
  const forest = useMemo(() => forestOf(found.items), [found.items]);
  const { q, person } = route.useSearch();
  const navigate = route.useNavigate();
  const tree = useTree(forest, q ?? '', person);
  const search = useCallback(
    (words: string) => void navigate({ search: { q: words || undefined }, replace: true, resetScroll: false }),
    [navigate],
  );
  const at = forest.byId.get(tree.at);
  // The way back from the person leads to where one was.
  const remember = () =>
    void navigate({ search: (s) => ({ ...s, person: tree.at }), replace: true, resetScroll: false });
  return (
    <>
      {found.more && (
        <Banner tone="amber" title="Not everybody is in this picture">
          It holds the first {found.items.length} people by name.
        </Banner>
      )}
      <div className={classes.tools}>
        <SearchBox label="Find in the lines" value={q ?? ''} onChange={search} />
        {q && <Matches tree={tree} q={q} />}
        <span className={classes.gap} />
        {found.items.length <= mostOpen && (
          <Button variant="default" size="xs" onClick={tree.openAll}>
            Open all
          </Button>
        )}
        <Button variant="default" size="xs" onClick={tree.closeAll}>
          Close all
        </Button>
      </div>
      {at && <Chosen node={at} line={lineAbove(forest, tree.at)} onGo={tree.go} onOpen={remember} />}
      <TreeView forest={forest} tree={tree} onOpen={remember} />
    </>
  );
}

function Matches({ tree, q }: { tree: TreeHandle; q: string }) {
  const { matches, place, next } = tree;
  return (
    <span className={classes.matches}>
      <span role="status">
        {matches.length === 0
          ? `Nobody matches “${q}”`
          : place >= 0
            ? `${place + 1} of ${matches.length}`
            : `${matches.length} found`}
      </span>
      {matches.length > 1 && (
        <>
          <Button variant="default" size="xs" onClick={() => next(-1)}>
            Previous
          </Button>
          <Button variant="default" size="xs" onClick={() => next(1)}>
            Next
          </Button>
        </>
      )}
    </span>
  );
}

type ChosenProps = { node: Node; line: Node[]; onGo: (id: string) => void; onOpen: () => void };

/** Where one is: the way down to this person, and how many are below. */
function Chosen({ node, line, onGo, onOpen }: ChosenProps) {
  const may = useRights();
  const { person, reports, below } = node;
  return (
    <div className={classes.chosen}>
      <div className={classes.words}>
        {line.length > 0 && (
          <nav aria-label="Managers" className={classes.line}>
            {line.map(({ person: up }) => (
              <button type="button" key={up.id} className={classes.up} onClick={() => onGo(up.id)}>
                {up.name}
              </button>
            ))}
          </nav>
        )}
        <span className={classes.who}>{person.name}</span>
        <span className={classes.quiet}>
          {[
            person.designation,
            person.department,
            reports.length > 0 && `${reports.length} report directly, ${below} in all`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {may('user.manage') && (
        <LinkButton
          variant="default"
          size="xs"
          className={classes.open}
          onClick={onOpen}
          to="/people/$person"
          params={{ person: person.id }}
        >
          Open
        </LinkButton>
      )}
    </div>
  );
}
