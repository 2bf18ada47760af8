import { getAddress } from 'viem';
import { decodeEvent } from '../../eth/inside/decode-event.ts';
import type { Names } from '../../eth/inside/names.ts';
import { safeInteger } from '../../shared/safe-integer.ts';
import type { DecodedEvent } from './contract.ts';
import type { RpcLog } from './rpc-shapes.ts';

/** A log as its contract's source would write it. */
export async function eventOf(log: RpcLog, names: Names): Promise<DecodedEvent> {
  const contract = await names.contractAt(log.address);
  const decoded = decodeEvent(log, contract?.abi ?? null, names);
  return {
    address: getAddress(log.address),
    contract: contract?.name ?? null,
    label: contract?.label ?? null,
    name: decoded?.name ?? null,
    signature: decoded?.signature ?? null,
    arguments: decoded?.arguments ?? [],
    topics: log.topics,
    data: log.data,
    logIndex: safeInteger(log.logIndex),
  };
}
