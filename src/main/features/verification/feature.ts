import type { StandingContract } from '../../eth/standing-contract.ts';
import type { LiveContract } from '../contracts/contract/listed.ts';
import type { ContractRef } from '../contracts/contract/ref.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { VerificationDependencies } from './service.ts';
import { verificationStore } from './store.ts';

interface Needs {
  abiSources: Pick<VerificationDependencies, 'submit' | 'verdict' | 'hostOf'>;
  artifacts: Pick<VerificationDependencies, 'byRuntime' | 'recompile' | 'fresh'> & {
    get: (id: number) => { projects: { id: number; name: string }[] };
  };
  contracts: {
    withContract: <T>(
      ref: ContractRef,
      work: (opened: StandingContract<LiveContract>) => Promise<T>,
    ) => Promise<T>;
  };
}

export const verification = feature({
  name: 'verifications',
  async make(needs: Use<Needs>, { db }: Core) {
    const { verificationService } = await import('./service.ts');
    const { submit, verdict, hostOf } = await needs.abiSources;
    const { byRuntime, recompile, fresh, get } = await needs.artifacts;
    const { withContract } = await needs.contracts;
    return verificationService({
      store: verificationStore(db),
      ...{ submit, verdict, hostOf, byRuntime, recompile, fresh },
      projectsOf: (artifact) => get(artifact).projects,
      standing: (ref, work) =>
        withContract(ref, ({ from, address, called, recorded }) =>
          work({
            ...{ network: from.name, chainId: from.chainId, call: from.call, address, called },
            recorded: recorded && {
              ...{ transactionHash: recorded.transactionHash, nested: recorded.nested },
              project: recorded.deployment.project,
            },
          }),
        ),
    });
  },
  router: async (service) => (await import('./router.ts')).verificationRouter(service),
  close: (service) => service.close(),
});
