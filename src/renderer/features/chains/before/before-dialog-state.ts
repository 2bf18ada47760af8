import { create } from 'zustand';

interface Asked {
  chain: string;
  /** Of the transaction. */
  hash: string;
}

/** The transaction to before which a chain may be taken back. */
export const useAskedBefore = create<{ asked: Asked | null }>(() => ({ asked: null }));

export const askBefore = (asked: Asked): void => useAskedBefore.setState({ asked });

export const closeBefore = (): void => useAskedBefore.setState({ asked: null });
