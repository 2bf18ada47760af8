import { type AbiFunction, getAddress, type Hex, pad, toFunctionSelector } from 'viem';
import { amountOf } from '../../eth/amount.ts';
import { inRounds } from '../../eth/in-rounds.ts';
import { signatureOf } from '../../eth/inside/abi-index.ts';
import { functionsOf } from '../../eth/inside/choose-function.ts';
import { RpcError } from '../../eth/rpc.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { isAddressShaped } from '../../shared/hex.ts';
import type { CallInput, Senders } from './contract/calls.ts';
import type { OpenContract } from './open-contract.ts';
import { prepareCall } from './prepare-call.ts';
import { called } from './read.ts';
import type { KnownLabels } from './resolve.ts';

/** Functions that tell who may do what. */
const ROLE =
  /owner|admin|govern|guardian|minter|keeper|operator|controller|manager|authority|treasury/i;
/** `RoleGranted(bytes32,address,address)` of https://docs.openzeppelin.com/contracts/5.x/access-control */
const ROLE_GRANTED = '0x2f8788117e7eff1d82e926ec794901d17c78024a50270940304540a733656f0d';
const MOST_READ = 30;
const MOST_CANDIDATES = 60;

/** By address with its checksum, the names of its roles. */
type Roles = Map<Hex, string[]>;

/**
 * Who could send a call: whom the contract names or has given a role, the accounts of a chain, and
 * labelled addresses, each with whether the call would succeed from there; those first. Rejects as
 * `prepareCall` does.
 */
export async function senders(
  opened: OpenContract,
  input: CallInput,
  {
    addressOf,
    accounts,
    labels,
  }: {
    addressOf: AddressOf;
    /** Of its chain, in the order of their index. */
    accounts: readonly string[];
    labels: Pick<KnownLabels, 'at' | 'list'>;
  },
): Promise<Senders> {
  const { from, address } = opened;
  const { item, signature, data } = prepareCall(opened, input, addressOf);
  const value: Hex = `0x${amountOf(input.value).toString(16)}`;
  const roles = await rolesIn(opened);
  const indexes = new Map(accounts.map((one, index) => [getAddress(one), index]));
  const candidates = new Set([
    ...roles.keys(),
    ...indexes.keys(),
    ...labels.list({ network: from.name }).map((one) => getAddress(one.address)),
  ]);
  const tried = await inRounds(from, [...candidates].slice(0, MOST_CANDIDATES), async (sender) => {
    const [{ error }, balance] = await Promise.all([
      called(opened, item, { from: sender, to: address, data, value }),
      from.call<string>('eth_getBalance', [sender, 'latest']),
    ]);
    return {
      ...{ address: sender, roles: roles.get(sender) ?? [], account: indexes.get(sender) ?? null },
      label: labels.at(from.name, sender)?.label ?? null,
      balance: BigInt(balance).toString(),
      problem: error?.text ?? null,
    };
  });
  const order = (one: (typeof tried)[number]) =>
    (one.problem === null ? 0 : 2) + (one.roles.length > 0 ? 0 : 1);
  return { function: signature, senders: tried.toSorted((a, b) => order(a) - order(b)) };
}

async function rolesIn(opened: OpenContract): Promise<Roles> {
  const roles: Roles = new Map();
  const add = (holder: string, name: string) => {
    if (!isAddressShaped(holder) || BigInt(holder) === 0n) return;
    const at = getAddress(holder.toLowerCase());
    roles.set(at, [...new Set([...(roles.get(at) ?? []), name])]);
  };
  const reading = functionsOf(opened.abi).filter(
    ({ inputs, outputs, stateMutability }) =>
      inputs.length === 0 && outputs.length === 1 && /^(view|pure)$/.test(stateMutability),
  );
  const valuesOf = (items: readonly AbiFunction[]) =>
    inRounds(opened.from, items.slice(0, MOST_READ), async (item) => {
      const data = toFunctionSelector(item);
      const { values } = await called(opened, item, { to: opened.address, data });
      return { name: item.name, value: String(values[0]?.value ?? '') };
    });
  const named = reading.filter(
    ({ name, outputs }) => outputs[0]?.type === 'address' && ROLE.test(name),
  );
  for (const { name, value } of await valuesOf(named)) add(value, name);
  if (opened.abi.some((one) => one.type === 'event' && hasRoles(one))) {
    const ids = await valuesOf(reading.filter(({ outputs }) => outputs[0]?.type === 'bytes32'));
    const nameOf = new Map(ids.map(({ name, value }) => [value.toLowerCase(), name]));
    for (const { role, holder } of await granted(opened)) add(holder, nameOf.get(role) ?? 'a role');
  }
  return roles;
}

const hasRoles = (event: { name: string; inputs: AbiFunction['inputs'] }): boolean =>
  signatureOf(event) === 'RoleGranted(bytes32,address,address)';

/** As far as one look at its events tells; whether they still have it, the call does. */
async function granted({ from, address, recorded }: OpenContract) {
  const since = recorded?.blockNumber ?? null;
  if (!from.isOwn || since === null) return [];
  const filter = { address, topics: [ROLE_GRANTED], fromBlock: `0x${since.toString(16)}` };
  try {
    const logs = await from.call<{ topics: string[] }[]>('eth_getLogs', [filter]);
    return logs.slice(-MOST_CANDIDATES).map(({ topics: [, role = '', holder = '0x'] }) => ({
      role: role.toLowerCase(),
      holder: `0x${pad(holder as Hex).slice(-40)}`,
    }));
  } catch (error) {
    if (error instanceof RpcError && !error.unreachable) return [];
    throw error;
  }
}
