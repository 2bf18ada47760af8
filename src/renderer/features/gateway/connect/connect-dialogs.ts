import { create } from 'zustand';

/** The chain that a wallet is to be connected with; it can be opened from anywhere. */
export const useConnect = create<{ chain: string | null }>(() => ({ chain: null }));

export const openConnect = (chain: string): void => useConnect.setState({ chain });

export const closeConnect = (): void => useConnect.setState({ chain: null });
