import { create } from 'zustand';
import type { Network } from '#main/features/networks/contract.ts';

/** The network whose looks are edited; null: of none. */
export const useEditNetwork = create<{ network: Network | null }>(() => ({ network: null }));

export function openEditNetwork(network: Network): void {
  useEditNetwork.setState({ network });
}

export function closeEditNetwork(): void {
  useEditNetwork.setState({ network: null });
}
