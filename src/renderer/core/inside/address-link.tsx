import type { KnownAddress } from '#main/features/explorer/contract.ts';
import { cx } from '../../ui/cx.ts';
import { shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { addressPath, contractPath } from '../paths.ts';
import { nameOf } from './words.ts';

interface AddressLinkProps {
  network: string;
  of: KnownAddress;
  /** The address itself is shown, although it has a name. */
  bare?: boolean;
}

/** An address by its name, or by itself; opens the contract that stands there, or the address. */
export function AddressLink({ network, of, bare }: AddressLinkProps) {
  const path = of.contract === null ? addressPath : contractPath;
  const named = !bare && (of.label ?? of.contract) !== null;
  return (
    <HexLink
      href={path(network, of.address)}
      value={of.address}
      what="address"
      className={cx(named ? 'font-sans! text-sm! font-medium' : 'text-ink-soft')}
    >
      {bare ? shortHex(of.address) : nameOf(of)}
    </HexLink>
  );
}
