import { type AbiEvent, type AbiFunction, getAddress } from 'viem';
import { enumMembers } from '../../eth/enum-members.ts';
import { type AbiError, signatureOf } from '../../eth/inside/abi-index.ts';
import type { TracedCall } from '../../eth/inside/call-tree.ts';
import { functionsOf } from '../../eth/inside/choose-function.ts';
import { PROXY_SLOTS } from '../../eth/inside/proxy.ts';
import { unlessUnread } from '../../eth/upstream-failure.ts';
import type { KnownAddress } from '../explorer/contract/decoded.ts';
import type { ContractDetail } from './contract/detail.ts';
import type { OpenContract } from './open-contract.ts';

/** What is recorded of how contracts came to be. */
export interface Creations {
  /** The calls of a transaction, as they were recorded; null: they were not. */
  trace: (network: string, hash: string) => TracedCall | null;
  commitOf: (deployment: number) => string | null;
  sourceOf: (artifact: number) => string;
  isPinned: (network: string, address: string) => boolean;
}

/** The code that a transaction has left at an address; null: that isn't known. */
function createdCode(root: TracedCall | null, address: string): string | null {
  const open = root ? [root] : [];
  for (let call = open.pop(); call; call = open.pop()) {
    const isIt = call.type.startsWith('CREATE') && call.to?.toLowerCase() === address.toLowerCase();
    if (isIt && call.error === undefined) return call.output?.toLowerCase() ?? null;
    open.push(...(call.calls ?? []));
  }
  return null;
}

/** Who may change what a proxy passes its calls on to, by where such addresses are kept. */
async function adminOf({ from, names, address }: OpenContract): Promise<KnownAddress | null> {
  const word = await unlessUnread(
    from.call<string>('eth_getStorageAt', [address, PROXY_SLOTS.admin, 'latest']),
  );
  if (word === null || BigInt(word) === 0n || BigInt(word) >> 160n !== 0n) return null;
  const admin = getAddress(`0x${word.slice(2).padStart(64, '0').slice(-40)}`);
  const known = await names.contractAt(admin);
  return {
    address: admin,
    contract: known?.name ?? null,
    label: known?.label ?? names.labelAt(admin),
  };
}

/** What is known of a contract, and what it can be asked and told. */
export async function showContract(
  opened: OpenContract,
  creations: Creations,
): Promise<ContractDetail> {
  const { from, names, address, recorded, known, abi } = opened;
  const proxy = known?.proxy ?? null;
  const [code, balance, behind, admin] = await Promise.all([
    from.call<string>('eth_getCode', [address, 'latest']),
    from.isStopped ? null : unlessUnread(from.call<string>('eth_getBalance', [address, 'latest'])),
    proxy && names.contractAt(proxy.implementation),
    proxy && !from.isStopped ? adminOf(opened) : null,
  ]);
  const creation = recorded?.transactionHash ?? null;
  const created =
    recorded === null || creation === null
      ? null
      : createdCode(creations.trace(recorded.deployment.target, creation), address);
  const signatures = (items: readonly { name: string; inputs: AbiFunction['inputs'] }[]) => [
    ...new Set(items.map(signatureOf)),
  ];
  return {
    network: from.name,
    address,
    name: known?.name ?? recorded?.name ?? null,
    label: known?.label ?? recorded?.label ?? null,
    proxy: proxy && {
      name: proxy.name,
      kind: proxy.kind,
      implementation: {
        address: getAddress(proxy.implementation),
        contract: behind?.name ?? null,
        label: behind?.label ?? null,
      },
      admin,
    },
    source: known?.artifact == null ? null : creations.sourceOf(known.artifact),
    pinned: creations.isPinned(from.name, address),
    commit: recorded && creations.commitOf(recorded.deployment.id),
    code: created === null ? null : created === code.toLowerCase() ? 'as-deployed' : 'differs',
    creation,
    artifact: known?.artifact ?? null,
    deployment: recorded?.deployment ?? null,
    balance: balance === null ? null : BigInt(balance).toString(),
    stopped: from.isStopped,
    codeBytes: (code.length - 2) / 2,
    functions: functionsOf(abi).map((item) => ({
      name: item.name,
      signature: signatureOf(item),
      stateMutability: item.stateMutability,
      inputs: item.inputs.map(parameter),
      outputs: item.outputs.map(parameter),
    })),
    events: signatures(abi.filter((one): one is AbiEvent => one.type === 'event')),
    errors: signatures(abi.filter((one): one is AbiError => one.type === 'error')),
  };
}

type Parameter = AbiFunction['inputs'][number];

/** As the ABI has it, with what a tuple consists of, and of an enum the names of its members. */
function parameter(one: Parameter): { name: string; type: string; [more: string]: unknown } {
  const { members: _, ...rest } = one as Parameter & { members?: unknown };
  const members = enumMembers(one);
  return {
    ...rest,
    name: one.name ?? '',
    ...('components' in one ? { components: one.components.map(parameter) } : {}),
    ...(members ? { members } : {}),
  };
}
