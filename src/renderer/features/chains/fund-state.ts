import { create } from 'zustand';

/** The chain whose Fund dialog is open; it can be opened from anywhere. */
export const useFund = create<{ chain: string | null }>(() => ({ chain: null }));

export function openFund(chain: string): void {
  useFund.setState({ chain });
}

export function closeFund(): void {
  useFund.setState({ chain: null });
}
