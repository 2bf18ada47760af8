import type { Network } from '#main/features/networks/contract.ts';
import { networkLabel } from '../words/network-label.ts';

/** A network as one of those to choose from. */
export function networkOption(network: Network) {
  const label = networkLabel(network);
  const { name, kind } = network;
  const detail = label === name ? kind : `${name} · ${kind}`;
  return { value: name, text: label, label, detail };
}
