import { create } from 'zustand';

/** What is typed into the form of one function. */
export interface CallDraft {
  arguments: readonly string[];
  /** Address of the sender; missing: the first account. */
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

export const useCallDraft = (place: CallPlace): CallDraft =>
  store((state) => state.drafts[keyOf(place)] ?? empty);

export function changeCallDraft(place: CallPlace, change: Partial<CallDraft>): void {
  const key = keyOf(place);
  store.setState(({ drafts }) => ({
    drafts: { ...drafts, [key]: { ...(drafts[key] ?? empty), ...change } },
  }));
}
