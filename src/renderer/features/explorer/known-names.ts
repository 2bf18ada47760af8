import type { KnownAddress } from '#main/features/explorer/contract/decoded.ts';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
import type { AddressNames } from '../../core/inside/value-text.ts';
import { isCall, traceItems } from './trace/trace-items.ts';

/** What a transaction tells of names of addresses. */
export function knownNames(detail: TransactionDetail): AddressNames {
  const names = new Map<string, string>();
  const add = ({ address, contract, label }: KnownAddress) => {
    const name = label ?? contract;
    if (name !== null) names.set(address.toLowerCase(), name);
  };
  for (const known of detail.names) add(known);
  if (detail.trace) {
    for (const item of traceItems(detail.trace)) {
      if (!isCall(item) || item.call.to === null) continue;
      add({ ...item.call, address: item.call.to });
    }
  }
  for (const event of detail.events) add(event);
  for (const known of [detail.from, detail.to, detail.created]) if (known) add(known);
  return names;
}
