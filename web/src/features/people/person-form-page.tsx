import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { key, read, useAct } from '@/api/query';
import type { User } from '@/api/types';
import { NamedPeople } from '@/components/person';
import { QueryState } from '@/components/query-state';
import { BackLink } from '@/ui/back-link';
import { LoadingRows } from '@/ui/feedback';
import { Page } from '@/ui/page';
import { say } from '@/ui/toast';
import { outdatePeople } from './effects';
import { PersonForm } from './person-form';
import { createBody, updateBody } from './person-values';

const route = getRouteApi('/in/people/$person/edit');

/** What both forms need to know; undefined while it is on its way. */
function useKnown() {
  const departments = useQuery(read('departments.list', {}));
  const roles = useQuery(read('roles.list', {}));
  const attributes = useQuery(read('attributes.list', {}));
  const all = departments.data &&
    roles.data &&
    attributes.data && {
      departments: departments.data.items,
      roles: roles.data.items,
      attributes: attributes.data.items,
    };
  const failed = [departments, roles, attributes].find((query) => query.error);
  return {
    data: all,
    error: failed?.error ?? null,
    isPending: !all && !failed,
    refetch: () => void failed?.refetch(),
  };
}

/** Adds somebody. */
export function NewPersonPage() {
  const known = useKnown();
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useAct('users.create', {
    onSuccess: (user) => {
      outdatePeople(client);
      say(`${user.name} was added.`);
      void navigate({ to: '/people/$person', params: { person: user.id }, replace: true });
    },
  });
  return (
    <Page title="Add a person" width="narrow" above={<BackLink to="/people">People</BackLink>}>
      <QueryState query={known} what="The form" loading={<LoadingRows rows={8} />}>
        {(found) => (
          <PersonForm
            known={found}
            submit="Add person"
            error={create.error}
            pending={create.isPending}
            onSubmit={(values) => create.mutate(createBody(values, found.attributes, found.roles))}
            onCancel={() => void navigate({ to: '/people' })}
          />
        )}
      </QueryState>
    </Page>
  );
}

/** Changes somebody. */
export function EditPersonPage() {
  const { person } = route.useParams();
  const user = useQuery({ ...read('users.get', { user_id: person }), refetchOnWindowFocus: false });
  return (
    <QueryState page query={user} what="This person" loading={<Waiting />}>
      {(found) => <Edit key={found.id} user={found} />}
    </QueryState>
  );
}

const Waiting = () => (
  <Page title="Edit" width="narrow">
    <LoadingRows rows={8} />
  </Page>
);

function Edit({ user }: { user: User }) {
  const known = useKnown();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/people/$person', params: { person: user.id } });
  const update = useAct('users.update', {
    onSuccess: (now) => {
      client.setQueryData(key('users.get', { user_id: user.id }), now);
      outdatePeople(client);
      say(`${now.name} was changed.`);
      leave();
    },
  });
  return (
    <Page
      title={`Edit ${user.name}`}
      width="narrow"
      above={
        <BackLink to="/people/$person" params={{ person: user.id }}>
          {user.name}
        </BackLink>
      }
    >
      <QueryState query={known} what="The form" loading={<LoadingRows rows={8} />}>
        {(found) => (
          <NamedPeople value={user.manager ? [user.manager] : []}>
            <PersonForm
              key={user.revision}
              user={user}
              known={found}
              submit="Save"
              error={update.error}
              pending={update.isPending}
              onSubmit={(values) => {
                const body = updateBody(values, user, found.attributes);
                if (body) update.mutate(body);
                else leave();
              }}
              onCancel={leave}
            />
          </NamedPeople>
        )}
      </QueryState>
    </Page>
  );
}
