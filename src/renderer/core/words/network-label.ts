import type { Network } from '#main/features/networks/contract.ts';
import { useNetworks } from '../queries/use-networks.ts';

/** What lists call a network. */
export const networkLabel = ({ label, name }: Pick<Network, 'label' | 'name'>): string =>
  label || name;

/** What lists call the network of a name. */
export function useNetworkLabel(name: string): string {
  const network = useNetworks().data?.find((one) => one.name === name);
  return network ? networkLabel(network) : name;
}
