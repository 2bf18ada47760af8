import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Contracts that stand at the top of lists, as `network address`; kept in this browser. */
const store = create<{ pinned: readonly string[] }>()(
  persist((): { pinned: readonly string[] } => ({ pinned: [] }), {
    ...{ name: 'drydock.contracts', version: 1 },
  }),
);

export const pinOf = (network: string, address: string): string =>
  `${network} ${address.toLowerCase()}`;

export const usePinned = (): readonly string[] => store((state) => state.pinned);

export function togglePin(pin: string): void {
  store.setState(({ pinned }) => ({
    pinned: pinned.includes(pin) ? pinned.filter((one) => one !== pin) : [...pinned, pin],
  }));
}
