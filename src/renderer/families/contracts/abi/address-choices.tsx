import { useMemo } from 'react';
import { useKnownAddresses } from '../../../core/addresses/known-addresses.ts';
import { ColorDot } from '../../../ui/color-dot.tsx';
import { shortHex } from '../../../ui/format.ts';
import type { SuggestionGroup } from '../../../ui/suggest-field.tsx';

/** Addresses on a network that have names: labels, accounts of its chain, and contracts. */
export function useAddressChoices(network: string): readonly SuggestionGroup[] {
  const known = useKnownAddresses(network);
  return useMemo(
    () => [
      {
        title: `Known on ${network}`,
        items: known.map(({ address, name, detail, color }) => ({
          ...{ value: address, name, about: shortHex(address), detail },
          icon: color && <ColorDot key={address} color={color} />,
        })),
      },
    ],
    [network, known],
  );
}
