import type { ContractCode } from './contract/detail.ts';
import type { OpenContract } from './open-contract.ts';

/** What compilers left of an artifact, hex digits without 0x. */
export type CreationCodeOf = (artifact: number) => string;

/** The ABI and the code of a contract. */
export async function contractCode(
  { from, address, known, recorded, abi }: OpenContract,
  creationCodeOf: CreationCodeOf,
): Promise<ContractCode> {
  const artifact = known?.artifact ?? null;
  return {
    address,
    name: known?.name ?? recorded?.name ?? null,
    abi: [...abi],
    runtimeCode: await from.call<string>('eth_getCode', [address, 'latest']),
    creationCode: artifact === null ? null : `0x${creationCodeOf(artifact)}`,
  };
}
