import type { LabelColor, LabelledAddress } from '../address-book/contract.ts';

/** What the user calls addresses. */
export interface KnownLabels {
  /** @param address with its checksum */
  at(network: string, address: string): { label: string; color: LabelColor | null } | null;
  /** Those whose label contains a text, in any case. */
  alike(network: string, text: string, limit: number): Pick<LabelledAddress, 'address' | 'label'>[];
}
