import { create } from 'zustand';

/** The account that calls are sent from, by network; gone with the window. */
const store = create<{ senders: Readonly<Record<string, string>> }>()(() => ({ senders: {} }));

/** Who calls on a network are sent from unless a form says so; undefined: the first account. */
export const useSender = (network: string): string | undefined =>
  store((state) => state.senders[network]);

export function sendAs(network: string, account: string): void {
  store.setState(({ senders }) => ({ senders: { ...senders, [network]: account } }));
}
