import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { read, readPages } from '@/api/query';
import { restore } from '@/api/session';
import { safeNext } from '@/features/auth/next';
import { LandingPage } from '@/features/workflows/landing-page';
import { kitOn } from '@/lib/prefs';
import { AloneFailed, AloneMissing, PageFailed, PageMissing } from './failures';
import {
  editFormSearch,
  inboxSearch,
  landingSearch,
  peopleSearch,
  runsSearch,
  signInSearch,
  startSearch,
  treeSearch,
  viewSearch,
} from './search';
import { Shell } from './shell/shell';
import { signOutAndLeave } from './sign-out';

type Context = { client: QueryClient };

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  errorComponent: AloneFailed,
  notFoundComponent: AloneMissing,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: async ({ search }) => {
    if (await restore()) throw redirect({ href: safeNext(search.next), replace: true });
  },
  component: lazyRouteComponent(() => import('@/features/auth/sign-in-page'), 'SignInPage'),
});

/** Everything behind the sign-in. Whoever is not signed in comes back to the wanted address afterwards. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'in',
  beforeLoad: async ({ location }) => {
    if (await restore()) return;
    const next = location.href === '/' ? undefined : location.href;
    throw redirect({ to: '/sign-in', search: { next }, replace: true });
  },
  loader: ({ context }) => void context.client.prefetchQuery(read('me.get', {})),
  component: Shell,
});

const landing = createRoute({
  getParentRoute: () => inside,
  path: '/',
  validateSearch: landingSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { group, q } }) =>
    void context.client.prefetchInfiniteQuery(readPages('workflows.list', { group, query: q, limit: 50 })),
  component: LandingPage,
});

const workflowView = createRoute({
  getParentRoute: () => inside,
  path: '/workflows/$workflow',
  validateSearch: viewSearch,
  loader: ({ context, params }) =>
    void context.client.prefetchQuery(read('workflows.get', { workflow: params.workflow })),
  component: lazyRouteComponent(() => import('@/features/workflows/view-page'), 'WorkflowViewPage'),
});

const workflowRuns = createRoute({
  getParentRoute: () => inside,
  path: '/workflows/$workflow/runs',
  validateSearch: runsSearch,
  component: lazyRouteComponent(() => import('@/features/workflows/runs-page'), 'WorkflowRunsPage'),
});

/** One draft from several sides: it stays open while the reader goes from one to the other. */
const workflowEdit = createRoute({
  getParentRoute: () => inside,
  path: '/workflows/$workflow/edit',
  component: lazyRouteComponent(() => import('@/features/designer/designer-page'), 'DesignerPage'),
});
const editParts = [
  createRoute({
    getParentRoute: () => workflowEdit,
    path: '/',
    component: lazyRouteComponent(() => import('@/features/designer/flow/flow-part'), 'FlowPart'),
  }),
  createRoute({
    getParentRoute: () => workflowEdit,
    path: '/form',
    validateSearch: editFormSearch,
    component: lazyRouteComponent(() => import('@/features/designer/form/form-part'), 'FormPart'),
  }),
  createRoute({
    getParentRoute: () => workflowEdit,
    path: '/outline',
    component: lazyRouteComponent(() => import('@/features/designer/outline/outline-part'), 'OutlinePart'),
  }),
  createRoute({
    getParentRoute: () => workflowEdit,
    path: '/settings',
    component: lazyRouteComponent(() => import('@/features/designer/settings/settings-part'), 'SettingsPart'),
  }),
  createRoute({
    getParentRoute: () => workflowEdit,
    path: '/text',
    component: lazyRouteComponent(() => import('@/features/designer/text/text-part'), 'TextPart'),
  }),
  createRoute({
    getParentRoute: () => workflowEdit,
    path: '/try',
    component: lazyRouteComponent(() => import('@/features/designer/try/try-part'), 'TryPart'),
  }),
  createRoute({
    getParentRoute: () => workflowEdit,
    path: '/versions',
    component: lazyRouteComponent(() => import('@/features/designer/versions/versions-part'), 'VersionsPart'),
  }),
] as const;

const start = createRoute({
  getParentRoute: () => inside,
  path: '/workflows/$workflow/start',
  validateSearch: startSearch,
  component: lazyRouteComponent(() => import('@/features/start/start-page'), 'StartPage'),
});

const inbox = createRoute({
  getParentRoute: () => inside,
  path: '/inbox',
  validateSearch: inboxSearch,
  component: lazyRouteComponent(() => import('./inbox-route'), 'InboxRoute'),
});

const run = createRoute({
  getParentRoute: () => inside,
  path: '/runs/$run',
  loader: ({ context, params }) => void context.client.prefetchQuery(read('runs.get', { run: params.run })),
  component: lazyRouteComponent(() => import('@/features/run/run-page'), 'RunPage'),
});

const people = createRoute({
  getParentRoute: () => inside,
  path: '/people',
  validateSearch: peopleSearch,
  component: lazyRouteComponent(() => import('@/features/people/people-page'), 'PeoplePage'),
});

/** The parts of the people area, each loaded when it is opened. */
const personForm = () => import('@/features/people/person-form-page');
const peopleParts = [
  createRoute({
    getParentRoute: () => inside,
    path: '/people/new',
    component: lazyRouteComponent(personForm, 'NewPersonPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/people/import',
    component: lazyRouteComponent(() => import('@/features/people/import-page'), 'ImportPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/people/tree',
    validateSearch: treeSearch,
    component: lazyRouteComponent(() => import('@/features/people/tree-page'), 'TreePage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/people/departments',
    component: lazyRouteComponent(() => import('@/features/people/departments-page'), 'DepartmentsPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/people/roles',
    component: lazyRouteComponent(() => import('@/features/people/roles-page'), 'RolesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/people/roles/$role',
    component: lazyRouteComponent(() => import('@/features/people/role-page'), 'RolePage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/people/attributes',
    component: lazyRouteComponent(() => import('@/features/people/attributes-page'), 'AttributesPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/people/$person',
    component: lazyRouteComponent(() => import('@/features/people/person-page'), 'PersonPage'),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: '/people/$person/edit',
    component: lazyRouteComponent(personForm, 'EditPersonPage'),
  }),
] as const;

const AccountPage = lazyRouteComponent(() => import('@/features/account/account-page'), 'AccountPage');
const account = createRoute({
  getParentRoute: () => inside,
  path: '/account',
  component: () => <AccountPage onSignOut={() => void signOutAndLeave()} />,
});

/** There only for those who asked for it in their account. */
const kit = createRoute({
  getParentRoute: () => inside,
  path: '/kit',
  beforeLoad: () => {
    if (!kitOn()) throw notFound();
  },
  component: lazyRouteComponent(() => import('@/features/kit/kit-page'), 'KitPage'),
});

export const routes = root.addChildren([
  signIn,
  inside.addChildren([
    landing,
    workflowView,
    workflowRuns,
    workflowEdit.addChildren(editParts),
    start,
    inbox,
    run,
    people,
    ...peopleParts,
    account,
    kit,
  ]),
]);

export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: routes,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultErrorComponent: PageFailed,
    defaultNotFoundComponent: PageMissing,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
