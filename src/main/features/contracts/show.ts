import { type AbiEvent, type AbiFunction, getAddress } from 'viem';
import { type AbiError, signatureOf } from '../../eth/inside/abi-index.ts';
import { functionsOf } from '../../eth/inside/choose-function.ts';
import type { ContractDetail } from './contract.ts';
import type { OpenContract } from './open-contract.ts';

/** What is known of a contract, and what it can be asked and told. */
export async function showContract(opened: OpenContract): Promise<ContractDetail> {
  const { from, names, address, recorded, known, abi } = opened;
  const proxy = known?.proxy ?? null;
  const [code, balance, behind] = await Promise.all([
    from.call<string>('eth_getCode', [address, 'latest']),
    from.call<string>('eth_getBalance', [address, 'latest']),
    proxy && names.contractAt(proxy.implementation),
  ]);
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
    },
    artifact: known?.artifact ?? null,
    deployment: recorded?.deployment ?? null,
    balance: BigInt(balance).toString(),
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

/** As the ABI has it, with what a tuple consists of. */
const parameter = (one: Parameter): { name: string; type: string; [more: string]: unknown } => ({
  ...one,
  name: one.name ?? '',
});
