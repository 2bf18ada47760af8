import { Tag } from 'lucide-react';
import type { KnownAddress } from '#main/features/explorer/contract/decoded.ts';
import { ColorDot } from '../../ui/color-dot.tsx';
import { cx } from '../../ui/cx.ts';
import { shortHex } from '../../ui/format.ts';
import { HexLink, hexButton } from '../../ui/hex-link.tsx';
import { useAddressLabel } from '../addresses/address-labels.ts';
import { openLabelDialog } from '../addresses/label-dialog.ts';
import { addressPath, contractPath } from '../paths.ts';

interface AddressLinkProps {
  /** null: it is on a network that has no pages here. */
  network: string | null;
  of: Pick<KnownAddress, 'address'> & Partial<KnownAddress>;
  /** The address itself is shown, although it has a name. */
  bare?: boolean;
  /** The address is shown with every digit, behind its name if it has one. */
  whole?: boolean;
  /** It opens the page of a contract; default: when the name of one is known. */
  isContract?: boolean;
  className?: string;
}

/**
 * An address by its label, by the name of its contract, or by itself. It opens what stands there, is
 * copied with one button beside it, and labelled with another.
 */
export function AddressLink({ network, of, bare, whole, isContract, className }: AddressLinkProps) {
  const { address, contract = null } = of;
  const own = useAddressLabel(network, address);
  const name = bare ? null : (own?.label ?? of.label ?? contract);
  const path = (isContract ?? contract !== null) ? contractPath : addressPath;
  const hex = whole ? address : shortHex(address);
  return (
    <HexLink
      href={network && path(network, address)}
      value={address}
      what="address"
      className={cx(
        name !== null && !whole ? 'font-sans! text-sm! font-medium' : 'text-ink-soft',
        className,
      )}
      more={
        <button
          type="button"
          tabIndex={-1}
          title="Label…"
          onClick={() => openLabelDialog({ network, address })}
          className={hexButton}
        >
          <Tag aria-hidden="true" size={12} />
          <span className="sr-only select-none">Label {address}…</span>
        </button>
      }
    >
      {!bare && own?.color && <ColorDot color={own.color} className="mr-1.5" />}
      {name === null ? hex : whole ? `${name} ${hex}` : name}
    </HexLink>
  );
}
