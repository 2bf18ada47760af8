import { Autocomplete } from '@base-ui/react/autocomplete';
import { useId, useState } from 'react';
import { isAddressShaped } from '#main/shared/hex.ts';
import { ColorDot } from '../../ui/color-dot.tsx';
import { FieldProblem, inputLook } from '../../ui/field.tsx';
import { shortHex } from '../../ui/format.ts';
import { type PickableAddress, useKnownAddresses } from './known-addresses.ts';

interface AddressFieldProps {
  label: string;
  /** Shown after the label, e.g. a type. */
  note?: string;
  network: string | null;
  value: string;
  error?: string | null;
  autoFocus?: boolean;
  /** The label itself is hidden, and names the field all the same. */
  isBare?: boolean;
  onChange(address: string): void;
}

/** Everything that finds one. */
const wordsOf = ({ name, detail, address }: PickableAddress): string =>
  `${name} ${detail} ${address}`.toLowerCase();

/** A whole address is one that was picked: the others can be picked in its place. */
const fits = (one: PickableAddress, query: string): boolean =>
  isAddressShaped(query.trim()) || wordsOf(one).includes(query.trim().toLowerCase());

/** There is nothing to choose for one who has typed an address to its end. */
const isTyped = ({ type, target }: Event): boolean =>
  type === 'input' && target instanceof HTMLInputElement && isAddressShaped(target.value.trim());

/**
 * An address: typed, or picked from the labels, accounts and contracts of a network. Its value is
 * the address itself, so that it goes into any form.
 */
export function AddressField(props: AddressFieldProps) {
  const { label, note, network, value, error, autoFocus, isBare, onChange } = props;
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const known = useKnownAddresses(network);
  const chosen = known.find(({ address }) => address.toLowerCase() === value.trim().toLowerCase());
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className={isBare ? 'sr-only' : 'flex items-baseline gap-1.5 text-xs'}>
        <label htmlFor={id} className="font-medium text-ink-soft">
          {label}
        </label>
        {note && <span className="font-mono text-2xs text-ink-dim">{note}</span>}
        {chosen && (
          <span className="ml-auto inline-flex min-w-0 items-center gap-1.5 text-ink-soft">
            {chosen.color && <ColorDot color={chosen.color} />}
            <span className="truncate">{chosen.name}</span>
          </span>
        )}
      </div>
      <Autocomplete.Root
        items={known}
        value={value}
        onValueChange={onChange}
        itemToStringValue={({ address }: PickableAddress) => address}
        filter={fits}
        openOnInputClick
        open={isOpen && known.some((one) => fits(one, value))}
        onOpenChange={(open, { event }) => setIsOpen(open && !isTyped(event))}
      >
        <Autocomplete.Input
          id={id}
          placeholder="0x… or pick by name"
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          autoFocus={autoFocus}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-about` : undefined}
          className={`${inputLook} font-mono text-xs`}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner sideOffset={4} align="start" className="z-50 outline-none">
            <Autocomplete.Popup className="max-h-[min(20rem,var(--available-height))] w-[max(var(--anchor-width),22rem)] max-w-[90vw] overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none">
              <Autocomplete.List>
                {(one: PickableAddress) => (
                  <Autocomplete.Item
                    key={one.address}
                    value={one}
                    className="flex h-[28px] items-center gap-2 rounded-md px-2 text-sm text-ink outline-none select-none data-highlighted:bg-hover"
                  >
                    {one.color ? (
                      <ColorDot color={one.color} />
                    ) : (
                      <span className="size-2 shrink-0" />
                    )}
                    <span className="min-w-0 truncate">{one.name}</span>
                    <span className="min-w-0 truncate text-xs text-ink-dim nums">{one.detail}</span>
                    <span className="ml-auto shrink-0 pl-4 font-mono text-xs text-ink-dim">
                      {shortHex(one.address)}
                    </span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {error && (
        <div id={`${id}-about`}>
          <FieldProblem>{error}</FieldProblem>
        </div>
      )}
    </div>
  );
}
