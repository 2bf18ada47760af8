import { create } from 'zustand';
import type { Network } from '#main/features/networks/contract.ts';

/** The network whose colour is chosen. null: of none. */
export const useNetworkColor = create<{ network: Network | null }>(() => ({ network: null }));

export function openNetworkColor(network: Network): void {
  useNetworkColor.setState({ network });
}

export function closeNetworkColor(): void {
  useNetworkColor.setState({ network: null });
}
