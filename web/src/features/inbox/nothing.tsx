import { Empty } from '@/ui/feedback';
import { IconCheck, IconEye, IconFileText, IconHandGrab, IconPencil, IconSearch, IconUsers } from '@/ui/icons';
import { LinkButton } from '@/ui/link-button';
import { type InboxSearch, narrowed } from './address';
import { views } from './views';

/** An empty list: why that is fine, and what could be done. */
export function Nothing({ search }: { search: InboxSearch }) {
  const { q, view = 'mine' } = search;
  if (q || narrowed(search) > 0) return <NoMatch search={search} />;
  const start = (
    <LinkButton variant="default" to="/">
      Start a request
    </LinkButton>
  );
  switch (view) {
    case 'claimable':
      return (
        <Empty icon={<IconHandGrab size={20} stroke={1.7} />} title="Nothing to claim">
          Tasks that are offered to several people and that you may take appear here.
        </Empty>
      );
    case 'team':
      return (
        <Empty icon={<IconUsers size={20} stroke={1.7} />} title="Your team holds nothing">
          Open tasks of the people who report to you appear here, in requests that you may see.
        </Empty>
      );
    case 'drafts':
      return (
        <Empty icon={<IconPencil size={20} stroke={1.7} />} title="No drafts" action={start}>
          A request you begin and do not send is kept here by itself.
        </Empty>
      );
    case 'requests':
      return (
        <Empty
          icon={<IconFileText size={20} stroke={1.7} />}
          title="You have not asked for anything yet"
          action={start}
        >
          Your requests stay here, with who has them at the moment.
        </Empty>
      );
    case 'watching':
      return (
        <Empty icon={<IconEye size={20} stroke={1.7} />} title="You watch nothing">
          Open a request and press Watch to follow it here, whoever has it.
        </Empty>
      );
    case 'all':
      return (
        <Empty icon={<IconFileText size={20} stroke={1.7} />} title="No requests yet">
          Every request that you may see appears here, under way and ended.
        </Empty>
      );
    default:
      return (
        <Empty icon={<IconCheck size={20} stroke={1.9} />} title="Nothing waits for you" action={start}>
          When somebody needs your decision, it appears here.
        </Empty>
      );
  }
}

function NoMatch({ search }: { search: InboxSearch }) {
  const { q, view } = search;
  const title = q && narrowed(search) === 0 ? `Nothing matches “${q}”` : 'Nothing matches these filters';
  return (
    <Empty
      icon={<IconSearch size={20} stroke={1.7} />}
      title={title}
      action={
        <LinkButton variant="default" to="/inbox" search={{ view }}>
          Show all of {views[view ?? 'mine'].title.toLowerCase()}
        </LinkButton>
      }
    >
      The search looks at titles, numbers and requesters.
    </Empty>
  );
}
