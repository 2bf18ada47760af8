import { encodeDeployData, encodeFunctionData, type Hex } from 'viem';
import { PROXY_SLOTS } from '#main/eth/inside/proxy.ts';
import { FollowedChain } from './followed-chain.ts';
import { type InsideProject, insideProject } from './inside-project.ts';

export const PROXY_KINDS = ['uups', 'transparent', 'beacon', 'diamond'] as const;
export type UpgradedKind = (typeof PROXY_KINDS)[number];

/** Hashes of what was sent to a proxy before it was upgraded from `First` to `Second`, and after. */
export interface UpgradedProxy {
  address: string;
  first: string;
  second: string;
  created: string;
  set: { before: string; after: string };
  inside: { before: string; after: string };
  removed: string;
  upgrade: string;
  added: string;
  /** The number of the last block before the upgrade. */
  block: number;
}

const OWNER = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
const PROXY_NAMES = {
  uups: 'ERC1967Proxy',
  transparent: 'TransparentUpgradeableProxy',
  beacon: 'BeaconProxy',
  diamond: 'Diamond',
} as const;

/** A chain with a proxy of every kind of `Upgraded.sol`, each of which was upgraded. */
export class UpgradedProxies implements AsyncDisposable {
  readonly chain: FollowedChain;
  readonly project: InsideProject;
  readonly proxies = new Map<UpgradedKind, UpgradedProxy>();

  private constructor(chain: FollowedChain, project: InsideProject) {
    this.chain = chain;
    this.project = project;
  }

  static async open(): Promise<UpgradedProxies> {
    const chain = await FollowedChain.open();
    const project = await insideProject('src/Upgraded.sol', 'optimised', { withLayouts: true });
    await chain.client.projects.add({ path: project.path, name: 'upgraded' });
    const all = new UpgradedProxies(chain, project);
    for (const kind of PROXY_KINDS) all.proxies.set(kind, await all.#upgraded(kind));
    await chain.recorded();
    return all;
  }

  of(kind: UpgradedKind): UpgradedProxy {
    return this.proxies.get(kind) as UpgradedProxy;
  }

  dataOf(contract: string, functionName: string, args: unknown[]): Hex {
    const { abi = [] } = this.project.contracts.get(contract) ?? {};
    return encodeFunctionData({ abi, functionName, args });
  }

  async put(contract: string, args: unknown[] = []): Promise<{ hash: string; address: string }> {
    const { abi = [], creation } = this.project.contracts.get(contract) ?? {};
    const data = encodeDeployData({ abi, bytecode: `0x${creation?.object}`, args });
    const { hash, contractAddress } = await this.chain.send({ data });
    return { hash, address: contractAddress };
  }

  async #upgraded(kind: UpgradedKind): Promise<UpgradedProxy> {
    const [first, second, caller] = [
      (await this.put('First')).address,
      (await this.put('Second')).address,
      (await this.put('Caller')).address,
    ];
    const beacon =
      kind === 'beacon' ? (await this.put('UpgradeableBeacon', [first, OWNER])).address : '';
    const began = this.dataOf('First', 'set', [4n]);
    const args = {
      uups: [first, began],
      transparent: [first, OWNER, began],
      beacon: [beacon, began],
      diamond: [first],
    };
    const { address, hash: created } = await this.put(PROXY_NAMES[kind], args[kind]);
    const sent = async (contract: string, name: string, values: unknown[], to = address) =>
      (await this.chain.send({ to, data: this.dataOf(contract, name, values) })).hash;
    const set = { before: await sent('First', 'set', [5n]), after: '' };
    const inside = { before: await sent('Caller', 'through', [address, 6n], caller), after: '' };
    const removed = await sent('First', 'removed', [1n]);
    const block = Number(await this.chain.call<string>('eth_blockNumber'));
    const upgrade = await {
      uups: () => sent('First', 'upgradeToAndCall', [second, '0x']),
      transparent: async () => {
        const word = await this.chain.call<string>('eth_getStorageAt', [
          ...[address, PROXY_SLOTS.admin, 'latest'],
        ]);
        const to = `0x${word.slice(-40)}`;
        return sent('ProxyAdmin', 'upgradeAndCall', [address, second, '0x'], to);
      },
      beacon: () => sent('UpgradeableBeacon', 'upgradeTo', [second], beacon),
      diamond: () => sent('Diamond', 'cut', [second]),
    }[kind]();
    set.after = await sent('Second', 'set', [8n]);
    inside.after = await sent('Caller', 'through', [address, 9n], caller);
    const added = await sent('Second', 'added', [3n]);
    return { address, first, second, created, set, inside, removed, upgrade, added, block };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.chain[Symbol.asyncDispose]();
    await this.project[Symbol.asyncDispose]();
  }
}
