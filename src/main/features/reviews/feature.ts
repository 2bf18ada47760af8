import type { SendingRun } from '../../targets/chain/live/reviewed-run.ts';
import { type Core, feature, type Use } from '../feature.ts';
import { approvedReview } from './approved.ts';
import type { ReviewsDependencies } from './service.ts';
import { type ReviewsStore, reviewsStore } from './store.ts';

export const reviewRecords = feature({
  name: 'reviewRecords',
  make(_, { db }: Core) {
    const store = reviewsStore(db);
    const sending = new Map<number, SendingRun>();
    return { store, sending, approved: (id: number) => approvedReview(store, id) };
  },
});

type Dependencies = ReviewsDependencies;

interface Needs {
  reviewRecords: {
    store: ReviewsStore;
    sending: Dependencies['sending'];
  };
  railRecords: { guard: Dependencies['rails'] };
  projects: {
    find: Dependencies['project'];
    git: Dependencies['git'];
    isPushed: Dependencies['isPushed'];
  };
  networks: { find: Dependencies['network']; save: Dependencies['saveNetwork'] };
  chains: Dependencies['chains'];
  deployDefaults: { complete: Dependencies['complete'] };
  deployments: Dependencies['deployments'];
  keys: {
    get: Dependencies['keys']['get'];
    grant: Dependencies['keys']['grant'];
  };
}

export const reviews = feature({
  name: 'reviews',
  async make(needs: Use<Needs>, { changes, changed }: Core) {
    const { ReviewsService } = await import('./service.ts');
    const { reviewedRun } = await import('./approved.ts');
    const { assertStillAsReviewed } = await import('../../targets/chain/live/still-as-reviewed.ts');
    const { waitingOf } = await import('../../targets/chain/live/waiting.ts');
    const { rpc } = await import('../../eth/rpc.ts');
    const rails = (await needs.railRecords).guard;
    const { store, sending } = await needs.reviewRecords;
    const { find, save } = await needs.networks;
    const keys = await needs.keys;
    const projects = await needs.projects;
    return new ReviewsService({
      ...{ store, sending, changes, changed, rails },
      project: projects.find,
      ...{ git: projects.git, isPushed: projects.isPushed },
      network: find,
      saveNetwork: save,
      chains: await needs.chains,
      complete: (await needs.deployDefaults).complete,
      deployments: await needs.deployments,
      keys: { get: (name) => keys.get(name), grant: (name, typed) => keys.grant(name, typed) },
      assertFresh: (row, url) =>
        assertStillAsReviewed(reviewedRun(row), store.signed(row.id), rpc(url)),
      waiting: (row, url) => waitingOf(store, row.id, rpc(url)),
    });
  },
  router: async (service) => (await import('./router.ts')).reviewsRouter(service),
  on: {
    'deployment.ended': (service, { deployment, status }) =>
      service.ended({ id: deployment.id, status }),
  },
  reconcile: (service) => [() => service.recover()],
  close: (service) => service.close(),
});
