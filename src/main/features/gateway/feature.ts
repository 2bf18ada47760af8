import type { Seal } from '../../lib/secrets/seal.ts';
import { openUpstream, secretsOf } from '../../targets/chain/sealed-upstream.ts';
import type { Change } from '../app/contract.ts';
import type { Emit } from '../events/contract.ts';
import { type Core, feature, type Use } from '../feature.ts';
import type { Settings } from '../settings/contract.ts';
import type { OpenGateway } from './open-gateway.ts';
import type { GatewayDependencies } from './service.ts';
import { gatewayStore } from './store.ts';

interface ProcessNeeds {
  settings: { get: () => Settings };
  chainCreations: { accountsInOrder: (chain: string) => readonly string[] };
  chainRecords: {
    store: {
      chains(): {
        name: string;
        port: number | null;
        backend: string | null;
        chainId: number;
        process: object | null;
        sealedUpstream: string | null;
      }[];
    };
  };
  dataKey: Seal;
}

/** The gateway's process, and which chains it serves. */
export const gatewayProcess = feature({
  name: 'gatewayProcess',
  async make(needs: Use<ProcessNeeds>, { home, db, logger, secrets }: Core) {
    const { openGateway } = await import('./open-gateway.ts');
    const { get } = await needs.settings;
    const { store: records } = await needs.chainRecords;
    const seal = await needs.dataKey;
    const upstreams = () =>
      new Map(
        records.chains().flatMap(({ name, process, sealedUpstream: sealed }) => {
          const runs = process !== null && sealed !== null;
          return runs ? [[name, openUpstream(seal, sealed)] as const] : [];
        }),
      );
    secrets.add(() => [...upstreams().values()].flatMap((one) => (one ? secretsOf(one) : [])));
    return openGateway({
      ...{ home, logger, store: gatewayStore(db) },
      upstreams,
      isWanted: () => get().gateway === 'on',
      accountsOf: (await needs.chainCreations).accountsInOrder,
      chains: () =>
        records.chains().flatMap((row) => {
          const { name, port, backend, chainId } = row;
          const runs = row.process !== null && port !== null && backend !== null;
          return runs ? [{ name, port, backend, chainId }] : [];
        }),
    });
  },
  on: {
    'chain.started': ({ wake, upstreams }, { chain }) => {
      upstreams.started(chain);
      wake();
    },
    'chain.ended': async ({ chains }) => void (await chains.sync()),
    'deployment.ended': ({ chains }, { deployment }) => chains.deployed(deployment.target),
  },
  reconcile: ({ chains }) => [() => chains.sync()],
  close: ({ close }) => close(),
});

interface Needs {
  events: { emit: Emit };
  gatewayProcess: OpenGateway;
  chains: {
    get: GatewayDependencies['chain'];
    assertExists: GatewayDependencies['assertExists'];
    setNonce: GatewayDependencies['setNonce'];
    isBacked: (network: string) => boolean;
  };
  contractNames: Pick<GatewayDependencies, 'reading' | 'namesOn'>;
}

/** What changes the names of addresses. */
const NAMING: readonly Change['topic'][] = [
  'addressBook',
  'artifacts',
  'contracts',
  'deployments',
  'projects',
];

/** What the user sees and decides of the gateway. */
export const gateway = feature({
  name: 'gateway',
  async make(needs: Use<Needs>, { logger, changed, changes }: Core) {
    const { gatewayService } = await import('./service.ts');
    const { GatewayNews } = await import('./news.ts');
    const { emit } = await needs.events;
    const {
      client,
      process,
      store,
      chains: served,
      upstreams,
      follow,
    } = await needs.gatewayProcess;
    const chains = await needs.chains;
    const { reading, namesOn } = await needs.contractNames;
    const news = new GatewayNews({
      ...{ store, emit, logger },
      async portIsBack(chain) {
        await served.tell(chain);
        changed({ topic: 'chains', key: chain });
      },
    });
    const service = gatewayService({
      ...{ client, process, served, upstreams, store, reading, namesOn },
      chain: chains.get,
      assertExists: chains.assertExists,
      setNonce: (chain, account, nonce) => chains.setNonce(chain, account, nonce),
      changed: (chain) => changed({ topic: 'chains', key: chain }),
    });
    const stopListening = changes.listen(({ topic }) => {
      if (NAMING.includes(topic)) service.forgetNames();
    });
    return {
      ...service,
      stopListening,
      news,
      follow: () =>
        follow({ onEvent: news.take, onReplaced: () => emit({ type: 'gateway.replaced' }) }),
      forgetAll: (network: string) => {
        if (!chains.isBacked(network)) store.forget(network);
      },
    };
  },
  router: async (service) => (await import('./router.ts')).gatewayRouter(service),
  on: {
    'snapshot.reverted': ({ news }, { chain }) => news.reverted(chain),
    'network.removed': ({ forgetAll }, { network }) => forgetAll(network),
  },
  checks: ({ checks }) => checks,
  start: ({ follow }) => follow(),
  close: ({ stopListening }) => stopListening(),
});
