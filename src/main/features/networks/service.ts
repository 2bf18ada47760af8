import type { OwnUpstream } from '../../eth/own-upstreams.ts';
import { probeRpc } from '../../eth/probe-rpc.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { ForkOrigin } from '../../eth/upstream-failure.ts';
import { upstreamProblem } from '../../eth/upstream-problem.ts';
import { movedBefore } from '../../lib/moved-before.ts';
import { whyUnreadable } from '../../lib/secrets/data-key.ts';
import type { Seal } from '../../lib/secrets/seal.ts';
import { headerSecrets, type RequestHeaders } from '../../lib/secrets/secret-headers.ts';
import { maskUrl, urlSecrets } from '../../lib/secrets/secret-url.ts';
import { AppError } from '../../shared/errors.ts';
import type { LabelColor } from '../address-book/contract.ts';
import type { Change } from '../app/contract.ts';
import type { Emit } from '../events/contract.ts';
import type { Network, NetworkInput, NetworkKind, NetworkTest } from './contract.ts';
import { changedHeaders } from './headers.ts';
import { type DeploymentsAt, originOf, ownUpstreams, type RecordedChain } from './own-upstreams.ts';
import type { HeaderRow, NetworkLook, NetworksStore } from './store.ts';

/** A network as the core needs it: with its real address. Never leaves the core. */
export interface NetworkDefinition {
  name: string;
  kind: NetworkKind;
  /** Own id of a local chain; expected upstream id of a fork; expected id of a remote. */
  chainId: number | null;
  url: string | null;
  forkBlock: number | null;
  keepChainId: boolean;
  port: number | null;
  source: 'shipped' | 'user';
  /** Why its address can't be read; absent when it can, and when there is none. */
  urlProblem?: string;
  /** Sent with each request to the address of a fork. */
  headers: RequestHeaders;
  /** Also of those that can't be read. */
  headerNames: readonly string[];
  /** Why some of them can't be read; absent when all can. */
  headersProblem?: string;
  /** The id that its RPC returns; null when only the RPC can tell. */
  servedChainId: number | null;
  label: string;
  color: LabelColor | null;
  group: string;
}

/** An entry of `resources/networks.json`. */
export type ShippedNetwork = Omit<
  NetworkDefinition,
  | ('source' | 'servedChainId' | 'label' | 'color' | 'group')
  | ('urlProblem' | 'headers' | 'headerNames' | 'headersProblem')
>;

const LOCAL_CHAIN_ID = 31337;
const KINDS: readonly NetworkKind[] = ['local', 'fork', 'remote'];

/** How lists show it. */
type Look = Pick<NetworkLook, 'label' | 'color' | 'group'>;

const plain: Look = { label: '', color: null, group: '' };

export interface NetworksDependencies {
  store: NetworksStore;
  shipped: readonly ShippedNetwork[];
  seal: Seal;
  emit: Emit;
  changed: (change: Change) => void;
  /** Address of the running chain of a local or fork network; null when it isn't running. */
  chainUrl: (name: string) => Promise<string | null>;
  chains: () => readonly RecordedChain[];
  /** Of a chain that is a fork. */
  forkedDeployments: DeploymentsAt;
  /** The id that the chain of a network was created with, if one was chosen. */
  createdChainId: (name: string) => number | null;
  /** Called before a network with a chain is changed in kind or removed. Rejects with CHAIN_BUSY. */
  assertChainStopped: (name: string) => Promise<void>;
}

export function networksService(deps: NetworksDependencies) {
  const { store, shipped, seal, emit } = deps;

  function all(): NetworkDefinition[] {
    const headers = store.headers();
    const own = store.all().map(({ sealedUrl, ...row }) => ({
      ...row,
      ...openUrl(sealedUrl),
      ...openHeaders(headers.filter(({ network }) => network === row.name)),
      source: 'user' as const,
    }));
    const names = new Set(own.map((n) => n.name));
    const rest = shipped.filter((n) => !names.has(n.name));
    const unchanged = { headers: {}, headerNames: [], source: 'shipped' as const };
    return inOrder([...rest.map((n) => ({ ...n, ...unchanged })), ...own]).map((n) => ({
      ...n,
      servedChainId: servedChainId(n),
    }));
  }

  /** As the user has put them, else by their kind. */
  function inOrder<T extends ShippedNetwork>(networks: readonly T[]): (T & Look)[] {
    const looks = new Map(store.looks().map((look) => [look.name, look]));
    const placeOf = ({ name, kind }: T) =>
      [looks.get(name)?.position ?? Number.MAX_SAFE_INTEGER, KINDS.indexOf(kind)] as const;
    return networks
      .toSorted((a, b) => {
        const [[place, kind], [other, otherKind]] = [placeOf(a), placeOf(b)];
        return place - other || kind - otherKind;
      })
      .map((one) => {
        const { label, color, group } = looks.get(one.name) ?? plain;
        return { ...one, label, color, group };
      });
  }

  function openUrl(sealed: string | null): Pick<NetworkDefinition, 'url' | 'urlProblem'> {
    try {
      return { url: sealed && seal.open(sealed) };
    } catch (error) {
      return { url: null, urlProblem: whyUnreadable(error) };
    }
  }

  function openHeaders(
    rows: readonly HeaderRow[],
  ): Pick<NetworkDefinition, 'headers' | 'headerNames' | 'headersProblem'> {
    const headerNames = rows.map(({ name }) => name);
    try {
      const opened = rows.map(({ name, sealedValue }) => [name, seal.open(sealedValue)]);
      return { headers: Object.fromEntries(opened), headerNames };
    } catch (error) {
      return { headers: {}, headerNames, headersProblem: whyUnreadable(error) };
    }
  }

  function find(name: string): NetworkDefinition {
    const network = all().find((n) => n.name === name);
    if (network) return network;
    throw new AppError(
      'NETWORK_NOT_FOUND',
      `There is no network "${name}". List them with "drydock network list", or add it.`,
      { field: 'network', fix: { label: 'Show the networks', command: 'drydock network list' } },
    );
  }

  /** Nothing else is called that, in any case. Throws NAME_TAKEN. */
  function assertFree(label: string, name: string): void {
    const wanted = label.toLowerCase();
    const other = all().find(
      (one) =>
        one.name !== name && [one.name, one.label].some((text) => text.toLowerCase() === wanted),
    );
    if (wanted === '' || !other) return;
    throw new AppError('NAME_TAKEN', `Another network is called "${label}". Choose another name.`, {
      field: 'label',
    });
  }

  /** A chain may have been created with another than its network's. */
  const served = ({ name, servedChainId }: NetworkDefinition) =>
    deps.createdChainId(name) ?? servedChainId;

  const present = ({ servedChainId, headerNames, ...network }: NetworkDefinition): Network => ({
    ...network,
    headers: [...headerNames],
    chainId: served({ ...network, headerNames, servedChainId }),
    url: network.url && maskUrl(network.url),
  });

  return {
    find,
    /** Whose addresses or headers can't be read. */
    unreadable: () =>
      all()
        .filter((n) => n.urlProblem !== undefined || n.headersProblem !== undefined)
        .map((n) => n.name),
    /** Puts what `moved` returns in the place of what was sealed. Returns how many. */
    moveSecrets(moved: (sealed: string) => string | null): number {
      const rows = store.all().flatMap((row) => {
        const sealedUrl = row.sealedUrl && moved(row.sealedUrl);
        return sealedUrl ? [{ ...row, sealedUrl }] : [];
      });
      for (const row of rows) store.put(row);
      // Headers are younger than what the window sealed.
      return rows.length;
    },
    /** Where a network forks from; null: it is no fork, or gone. */
    originOf(name: string): ForkOrigin | null {
      const network = all().find((one) => one.name === name);
      return network ? originOf(network, deps.chains()) : null;
    },
    /** The chains of Drydock that a network forks from, the nearest first. */
    ownUpstreams(name: string): OwnUpstream[] {
      // Those that come with Drydock fork from elsewhere. Nothing is opened for the others.
      const isFork = store.all().some((one) => one.name === name && one.kind === 'fork');
      return isFork ? ownUpstreams(name, all(), deps.chains(), deps.forkedDeployments) : [];
    },
    /** The networks that a chain of Drydock backs. */
    withChain: () => all().filter((n) => n.kind !== 'remote'),
    list: () => all().map(present),
    /** Of the addresses and headers of all networks. */
    secrets: (): string[] =>
      all().flatMap(({ url, headers }) => [
        ...(url ? urlSecrets(url) : []),
        ...headerSecrets(headers),
      ]),
    get: (name: string) => present(find(name)),

    async save(input: NetworkInput): Promise<Network> {
      const existing = all().find((n) => n.name === input.name);
      const url = input.url ?? existing?.url ?? null;
      if (input.kind !== 'local' && !url) {
        const what = input.kind === 'fork' ? 'the network it starts from' : 'its RPC';
        throw new AppError('BAD_INPUT', `A ${input.kind} network needs the address of ${what}.`, {
          field: 'url',
        });
      }
      if (existing && existing.kind !== input.kind) await deps.assertChainStopped(input.name);
      const headers = changedHeaders(input, existing);
      store.transaction(() => {
        store.put({
          name: input.name,
          kind: input.kind,
          chainId: input.chainId ?? existing?.chainId ?? null,
          sealedUrl: input.kind === 'local' || !url ? null : seal.seal(url),
          forkBlock:
            input.forkBlock === undefined ? (existing?.forkBlock ?? null) : input.forkBlock,
          keepChainId: input.keepChainId ?? existing?.keepChainId ?? false,
          port: input.port === undefined ? (existing?.port ?? null) : input.port,
        });
        for (const [name, value] of headers) {
          if (value === null) store.removeHeader(input.name, name);
          else store.putHeader({ network: input.name, name, sealedValue: seal.seal(value) });
        }
      });
      emit({ type: 'network.saved', network: input.name, kind: input.kind });
      return present(find(input.name));
    },

    /** Its name stays: records, folders, addresses and scripts go by it. */
    edit(name: string, given: Partial<Look>): Network {
      store.transaction(() => {
        const { label, color, group } = find(name);
        if (given.label !== undefined && given.label !== label) assertFree(given.label, name);
        store.setLook({
          ...{ name, label: given.label ?? label, group: given.group ?? group },
          color: given.color === undefined ? color : given.color,
        });
      });
      deps.changed({ topic: 'networks', key: name });
      return present(find(name));
    },

    /** @param before null: behind all others */
    move(name: string, before: string | null): Network[] {
      find(name);
      const next = before === null ? null : find(before).name;
      store.transaction(() => {
        const { group } = find(next ?? name);
        const { label, color } = find(name);
        store.setLook({ name, label, color, group });
        const order = movedBefore(
          all().map((one) => one.name),
          name,
          next,
        );
        for (const [position, one] of order.entries()) store.setPosition(one, position);
      });
      deps.changed({ topic: 'networks' });
      return all().map(present);
    },

    async remove(name: string): Promise<Network> {
      const network = find(name);
      if (network.source === 'shipped') {
        throw new AppError(
          'NETWORK_READ_ONLY',
          `${name} comes with Drydock and can't be removed. Change it with "drydock network add ${name}" if it should point elsewhere.`,
        );
      }
      await deps.assertChainStopped(name);
      store.remove(name);
      emit({ type: 'network.removed', network: name });
      return present(network);
    },

    /** Asks the RPC. Says what is wrong instead of throwing: an unreachable network is a result. */
    async test(name: string): Promise<NetworkTest> {
      const network = find(name);
      const running = network.kind === 'remote' ? null : await deps.chainUrl(name);
      const url = running ?? network.url;
      const headers = running ? {} : network.headers;
      const expected = running ? served(network) : network.chainId;
      if (!url) {
        if (network.urlProblem) {
          const problem = `Its address can't be read. ${network.urlProblem}`;
          return { ok: false, chainId: null, blockNumber: null, latencyMs: null, problem };
        }
        const hint = `Its chain is not running. Start it with "drydock chain start ${name}".`;
        return { ok: false, chainId: null, blockNumber: null, latencyMs: null, problem: hint };
      }
      if (!running && network.headersProblem) {
        const problem = `Its headers can't be read. ${network.headersProblem}`;
        return { ok: false, chainId: null, blockNumber: null, latencyMs: null, problem };
      }
      try {
        const probe = await probeRpc(url, headers);
        const problem =
          expected !== null && probe.chainId !== expected
            ? `It answers chain id ${probe.chainId}, but ${expected} is expected. Correct the address or the chain id of ${name}.`
            : null;
        return { ...probe, ok: problem === null, problem };
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        const { reason, remedy } = upstreamProblem(
          error,
          name,
          network.kind === 'fork' && !running,
        );
        const problem = `${maskUrl(url)} does not answer as an Ethereum RPC: ${reason}. ${remedy}.`;
        return { ok: false, chainId: null, blockNumber: null, latencyMs: null, problem };
      }
    },
  };
}

export type NetworksService = ReturnType<typeof networksService>;

/** A fork gets one of its own unless told otherwise: 7357, then the
 * upstream's digits, so that neither wallets nor broadcast files take it for the original. */
function servedChainId(network: ShippedNetwork): number | null {
  if (network.kind === 'local') return network.chainId ?? LOCAL_CHAIN_ID;
  if (network.kind === 'remote' || network.keepChainId) return network.chainId;
  return network.chainId === null ? LOCAL_CHAIN_ID : forkChainId(network.chainId);
}

function forkChainId(upstream: number): number {
  const own = Number(`7357${upstream}`);
  // EIP-2294 bounds what tools accept; a JavaScript client also needs an exact integer.
  return own <= 2 ** 48 ? own : LOCAL_CHAIN_ID;
}
