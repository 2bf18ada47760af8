import { nearest, type OwnUpstreams, withUpstreams } from '../../eth/own-upstreams.ts';
import { variableReader } from '../../solidity/variable-reader.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { ExplorerDependencies } from './service.ts';
import { type ExplorerStore, explorerStore } from './store.ts';

interface Needs {
  networks: {
    get: (name: string) => { chainId: number | null };
    ownUpstreams: OwnUpstreams;
  };
  chainRecords: { store: { snapshots: ExplorerDependencies['snapshotsOf'] } };
  contractNames: Pick<ExplorerDependencies, 'reading' | 'namesOn' | 'fresh'>;
  traces: {
    find: ExplorerDependencies['recordedOf'];
    headOf: ExplorerDependencies['recordedHead'];
    parentOf: ExplorerDependencies['parentOf'];
  };
  labelRecords: ExplorerDependencies['labels'];
  chainIndex: ExplorerDependencies['index'];
  artifacts: ExplorerDependencies['artifacts'];
  preimages: ExplorerDependencies['preimages'];
  addressNames: { on: ExplorerDependencies['addressesOn'] };
}

/** What a network calls addresses, else a chain of Drydock that it forks from. */
const labelsThrough = (
  labels: ExplorerDependencies['labels'],
  upstreams: OwnUpstreams,
): ExplorerDependencies['labels'] => ({
  at: (network, address) => nearest(upstreams, network, (one) => labels.at(one, address)),
  alike: (network, text, limit) =>
    withUpstreams(upstreams, network, (one) => labels.alike(one, text, limit)),
});

/** Of a block before a fork began, what was recorded of it on the chain that it forks from. */
const recordedThrough =
  (
    find: ExplorerDependencies['recordedOf'],
    upstreams: OwnUpstreams,
  ): ExplorerDependencies['recordedOf'] =>
  (network, hash, block) =>
    block === null
      ? find(network, hash, block)
      : nearest(upstreams, network, (one) => find(one, hash, block));

const recordsThrough = (store: ExplorerStore, upstreams: OwnUpstreams): ExplorerStore => ({
  contractAt: (network, address) =>
    nearest(upstreams, network, (one, began) => store.contractAt(one, address, began)),
  named: (network, text, limit) =>
    withUpstreams(upstreams, network, (one, began) => store.named(one, text, limit, began)),
  runOf: (network, hash) => nearest(upstreams, network, (one) => store.runOf(one, hash)),
});

export const explorer = feature({
  name: 'explorer',
  async make(needs: Use<Needs>, { db }: Core) {
    const { explorerService } = await import('./service.ts');
    const networks = await needs.networks;
    const variables = variableReader();
    const service = explorerService({
      ...(await needs.contractNames),
      recordedOf: recordedThrough((await needs.traces).find, networks.ownUpstreams),
      ownUpstreams: networks.ownUpstreams,
      recordedHead: (await needs.traces).headOf,
      chainIdOf: (chain) => networks.get(chain).chainId ?? 0,
      parentOf: (await needs.traces).parentOf,
      labels: labelsThrough(await needs.labelRecords, networks.ownUpstreams),
      index: await needs.chainIndex,
      artifacts: await needs.artifacts,
      preimages: await needs.preimages,
      store: recordsThrough(explorerStore(db), networks.ownUpstreams),
      addressesOn: (await needs.addressNames).on,
      readVariables: variables.read,
      snapshotsOf: (await needs.chainRecords).store.snapshots,
    });
    return { ...service, close: variables.close };
  },
  router: async (service) => (await import('./router.ts')).explorerRouter(service),
  stop: (service) => service.close(),
});
