import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { Avatar } from '@/ui/avatar';
import { IconChevronRight } from '@/ui/icons';
import { Pill } from '@/ui/pill';
import { useRights } from './people-tabs';
import { batch, type Forest, type Node, shownOf } from './tree';
import classes from './tree-view.module.css';
import type { TreeHandle } from './use-tree';

/**
 * The lines as boxes from left to right, on a phone as an indented list. One stop of the Tab key; the
 * arrows go through it as the tree pattern of ARIA says. Clicks are told apart by what carries them,
 * because nothing within a tree may be a control of its own.
 */
export function TreeView({ forest, tree, onOpen }: { forest: Forest; tree: TreeHandle; onOpen: () => void }) {
  const root = useRef<HTMLUListElement>(null);
  const navigate = useNavigate();
  const opens = useRights()('user.manage');
  useFollow(root, tree.at);
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && opens) {
      event.preventDefault();
      onOpen();
      void navigate({ to: '/people/$person', params: { person: tree.at } });
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      tree.toggle(tree.at);
      return;
    }
    if (tree.press(event.key)) event.preventDefault();
  };
  const click = (event: MouseEvent) => {
    const target = event.target as Element;
    const more = forest.byId.get(target.closest<HTMLElement>('[data-more]')?.dataset.more ?? '');
    if (more) return tree.more(more);
    const id = target.closest<HTMLElement>('[data-person]')?.dataset.person;
    if (id) tree.toggle(id);
  };
  return (
    <div className={classes.scroll}>
      <ul
        ref={root}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: nested lists are what a tree is in HTML
        role="tree"
        aria-label="Who reports to whom"
        className={classes.tree}
        onKeyDown={press}
        onClick={click}
      >
        {forest.tops.map((node, i) => (
          <Branch key={node.person.id} node={node} tree={tree} level={1} place={i + 1} of={forest.tops.length} />
        ))}
      </ul>
    </div>
  );
}

/** Whom one is at is in sight; the focus goes along once it is in the picture. */
function useFollow(root: React.RefObject<HTMLUListElement | null>, at: string) {
  const first = useRef(true);
  useEffect(() => {
    const item = root.current?.querySelector<HTMLElement>(`[data-person="${CSS.escape(at)}"]`);
    if (root.current?.contains(document.activeElement)) item?.focus({ preventScroll: true });
    if (!first.current) item?.firstElementChild?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    first.current = false;
  }, [root, at]);
}

type BranchProps = { node: Node; tree: TreeHandle; level: number; place: number; of: number };

function Branch({ node, tree, level, place, of }: BranchProps) {
  const { person, reports } = node;
  const open = tree.open.has(person.id) && reports.length > 0;
  const drawn = open ? shownOf(node, tree.shown) : [];
  const rest = reports.length - drawn.length;
  return (
    <li
      role="treeitem"
      aria-label={labelOf(node)}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={of}
      aria-expanded={reports.length > 0 ? open : undefined}
      aria-selected={tree.at === person.id}
      tabIndex={tree.at === person.id ? 0 : -1}
      data-person={person.id}
      className={classes.item}
    >
      <Box node={node} open={open} match={tree.matches.some((match) => match.id === person.id)} />
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: the group of a tree is no fieldset
        <ul role="group" className={classes.reports}>
          {drawn.map((report, i) => (
            <Branch
              key={report.person.id}
              node={report}
              tree={tree}
              level={level + 1}
              place={i + 1}
              of={reports.length}
            />
          ))}
          {rest > 0 && (
            <li role="none" className={classes.item} data-more={person.id}>
              <span className={classes.more}>Show {Math.min(rest, batch)} more</span>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function labelOf({ person, reports, circle }: Node): string {
  const count = reports.length === 1 ? '1 report' : reports.length > 0 ? `${reports.length} reports` : '';
  return [
    person.name,
    person.designation,
    person.department,
    count,
    person.status === 'disabled' && 'disabled',
    circle && 'reports in a circle',
  ]
    .filter(Boolean)
    .join(', ');
}

function Box({ node, open, match }: { node: Node; open: boolean; match: boolean }) {
  const { person, reports, below, circle } = node;
  return (
    <div className={classes.box} data-match={match || undefined} data-open={open || undefined}>
      <Avatar name={person.name} size={28} />
      <span className={classes.words}>
        <span className={classes.name} title={person.name}>
          {person.name}
        </span>
        <span className={classes.about}>{person.designation ?? person.department ?? ' '}</span>
        {person.status === 'disabled' && <Pill>Disabled</Pill>}
        {circle && <Pill tone="amber">Reports in a circle</Pill>}
      </span>
      {reports.length > 0 && (
        <span className={classes.count} title={`${reports.length} directly, ${below} in all`}>
          {below}
          <IconChevronRight size={14} stroke={2} className={classes.chevron} aria-hidden />
        </span>
      )}
    </div>
  );
}
