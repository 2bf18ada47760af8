import type { StandingContract } from '../../eth/standing-contract.ts';
import type { AbiSource } from '../abi-sources/contract.ts';
import type { LiveContract } from '../contracts/contract/listed.ts';
import type { ContractRef } from '../contracts/contract/ref.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { VerificationDependencies, Wanted } from './service.ts';
import { verificationStore } from './store.ts';

interface ApprovedReview {
  network: string;
  chainId: number;
  verify: AbiSource | null;
  certificate: { contracts: Wanted['contracts'] } | null;
}

interface Needs {
  abiSources: Pick<VerificationDependencies, 'submit' | 'verdict' | 'hostOf'>;
  artifacts: Pick<VerificationDependencies, 'byRuntime' | 'recompile' | 'fresh'> & {
    get: (id: number) => { projects: { id: number; name: string }[] };
  };
  reviewRecords: { store: { ofRun: (run: number) => ApprovedReview | undefined } };
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
    const { ofRun } = (await needs.reviewRecords).store;
    return verificationService({
      store: verificationStore(db),
      ...{ submit, verdict, hostOf, byRuntime, recompile, fresh },
      wanted(run) {
        const review = ofRun(run);
        if (!review?.verify) return null;
        const { verify: to, network, chainId, certificate } = review;
        // All that was reviewed, also what a run before this one has sent.
        return { to, network, chainId, contracts: certificate?.contracts ?? [] };
      },
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
  on: {
    async 'deployment.ended'(service, { deployment, status }) {
      if (status === 'succeeded') await service.deployed(deployment);
    },
  },
  // What is sent is sent; what a service says of it is asked for later.
  stop: (service) => service.close(),
});
