import { chainLock } from '../../targets/chain/locks.ts';
import type { DeploymentRow } from './row.ts';
import type { DeploymentsStore } from './store.ts';

/** So long an update of the app may take: what was held back for longer begins. */
const HELD_MS = 120_000;

/** The running deployments of all cores, e.g. `vault #3`. */
export function busy(
  store: Pick<
    DeploymentsStore,
    'unfinished' | 'holderOf' | 'byId' | 'holdBack' | 'letGo' | 'transaction'
  >,
) {
  const called = (row: DeploymentRow | undefined) => row && `${row.projectName} #${row.number}`;
  return {
    /** Some deployment that is queued or running. */
    anyRun: (): string | undefined => called(store.unfinished()[0]),

    /**
     * The same; where there is none, no core begins one from then on, for as long as an update may
     * take. Those that are asked for are queued.
     */
    holdBack: (): string | undefined =>
      store.transaction(() => {
        const running = called(store.unfinished()[0]);
        if (running === undefined) store.holdBack(Date.now() + HELD_MS);
        return running;
      }),

    /** They begin again. */
    letGo: () => store.letGo(),

    /** Whether a deployment of the project is queued or running. */
    isBusy: (projectId: number): boolean =>
      store.unfinished().some((row) => row.projectId === projectId),

    /** The running deployment of a project. */
    runOf: (projectId: number): string | undefined =>
      called(
        store.unfinished().find((one) => one.projectId === projectId && one.status !== 'queued'),
      ),

    /** The deployments that go to a network. */
    userOf(network: string): string | undefined {
      const id = store.holderOf(chainLock(network));
      return id === undefined ? undefined : called(store.byId(id));
    },
  };
}
