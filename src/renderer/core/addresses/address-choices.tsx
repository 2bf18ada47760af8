import { useMemo } from 'react';
import { ColorDot } from '../../ui/color-dot.tsx';
import { shortHex } from '../../ui/format.ts';
import type { SuggestionGroup } from '../../ui/suggest-field.tsx';
import { type PickableAddress, useKnownAddresses } from './known-addresses.ts';

const titles: readonly [PickableAddress['kind'], string][] = [
  ['label', 'Labels'],
  ['account', 'Accounts'],
  ['contract', 'Contracts'],
];

/**
 * Addresses that have names on a network: labels, accounts of its chain, and contracts. `network`
 * null: labels for all networks alone.
 */
export function useAddressChoices(network: string | null): readonly SuggestionGroup[] {
  const known = useKnownAddresses(network);
  return useMemo(
    () =>
      titles.map(([kind, title]) => ({
        title,
        items: known
          .filter((one) => one.kind === kind)
          .map(({ address, name, detail, color }) => ({
            ...{ value: address, name, about: shortHex(address), detail },
            icon: color && <ColorDot key={address} color={color} />,
          })),
      })),
    [known],
  );
}
