import { inRounds } from '../../eth/in-rounds.ts';
import type { ReadNetwork } from '../../eth/network-reader.ts';
import type { AddressOf } from '../../shared/address-of.ts';
import { AppError } from '../../shared/errors.ts';
import { clampedInteger } from '../../shared/safe-integer.ts';
import type { ReadManyInput, ReadValues } from './contract/calls.ts';
import type { OpenContract, OpenOn } from './open-contract.ts';
import { readValue } from './read.ts';

/** Every call is made at the same block. One that fails leaves the others as they are. */
export async function readMany(
  from: ReadNetwork,
  { network, block: asked, calls }: ReadManyInput,
  open: OpenOn,
  addressOf: AddressOf,
): Promise<ReadValues> {
  const block = asked ?? clampedInteger(await from.call<string>('eth_blockNumber'));
  const opened = new Map<string, Promise<OpenContract>>();
  const openOnce = (contract: string): Promise<OpenContract> => {
    const known = opened.get(contract) ?? open(from, contract, asked);
    opened.set(contract, known);
    return known;
  };
  const results = await inRounds(from, calls, async (call) => {
    const { contract } = call;
    const failed = { contract, address: null, function: call.function, value: null, values: [] };
    try {
      const contractAt = await openOnce(contract);
      const read = await readValue(contractAt, { ...call, network, block }, addressOf);
      const { address, value, values } = read;
      return { contract, address, function: read.function, value, values, error: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ...failed, error: { code: error.code, message: error.message } };
    }
  });
  return { blockNumber: block, results };
}
