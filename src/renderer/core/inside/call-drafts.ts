import { useMemo } from 'react';
import { create } from 'zustand';
import { useSender } from '../accounts/sender.ts';

/** What is typed into the form of one function. */
export interface CallDraft {
  arguments: readonly string[];
  /** Address of the sender; missing: who was chosen for the network, else the first account. */
  from?: string;
  /** Wei, or an amount with its unit. */
  value?: string;
}

const empty: CallDraft = { arguments: [] };

/** By network, address and signature; gone with the window, since anything may be typed there. */
const store = create<{ drafts: Readonly<Record<string, CallDraft>> }>()(() => ({ drafts: {} }));

export interface CallPlace {
  network: string;
  address: string;
  /** Of the function. */
  signature: string;
}

const keyOf = ({ network, address, signature }: CallPlace): string =>
  `${network} ${address} ${signature}`;

export function useCallDraft(place: CallPlace): CallDraft {
  const draft = store((state) => state.drafts[keyOf(place)] ?? empty);
  const sender = useSender(place.network);
  return useMemo(
    () => (draft.from === undefined && sender !== undefined ? { ...draft, from: sender } : draft),
    [draft, sender],
  );
}

export function changeCallDraft(place: CallPlace, change: Partial<CallDraft>): void {
  const key = keyOf(place);
  store.setState(({ drafts }) => ({
    drafts: { ...drafts, [key]: { ...(drafts[key] ?? empty), ...change } },
  }));
}
