import { create } from 'zustand';

/** The chain whose settings are open in a dialog; it can be opened from anywhere. */
export const useChainSettings = create<{ chain: string | null }>(() => ({ chain: null }));

export const openChainSettings = (chain: string): void => useChainSettings.setState({ chain });

export const closeChainSettings = (): void => useChainSettings.setState({ chain: null });
