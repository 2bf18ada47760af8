import { labelsOn, useAddressBook } from '../../core/addresses/address-labels.ts';
import { useAccounts } from '../../core/queries/use-accounts.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { ether, shortHex } from '../../ui/format.ts';

interface AccountPickerProps {
  label: string;
  chain: string;
  value: string | undefined;
  onChange(value: string): void;
}

/** The sending account: one of the chain's development accounts, with its balance, or a labelled address. */
export function AccountPicker({ label, chain, value = '0', onChange }: AccountPickerProps) {
  const accounts = useAccounts(chain);
  const labels = labelsOn(chain, useAddressBook());
  const names = new Map(labels.map((one) => [one.address, one.label]));
  const isAddress = value.startsWith('0x');
  const known = accounts
    ? accounts.map((account) => ({
        value: String(account.index),
        text: `${names.get(account.address) ?? ''} ${account.address}`,
        label: names.get(account.address) ?? shortHex(account.address),
        detail: `${ether(account.balance)} ETH`,
      }))
    : Array.from({ length: Math.max(10, isAddress ? 0 : Number(value) + 1) }, (_, index) => ({
        value: String(index),
        text: `account ${index}`,
        label: `account ${index}`,
      }));
  const labelled = labels
    .filter(({ address }) => accounts && !accounts.some((one) => one.address === address))
    .map(({ address, label: name }) => ({
      ...{ value: address, text: `${name} ${address}`, label: name, detail: shortHex(address) },
    }));
  // The address comes from the command line, through a run that is edited and sent again.
  const own =
    isAddress && accounts?.find(({ address }) => address.toLowerCase() === value.toLowerCase());
  const offered = [...known, ...labelled];
  const isOffered = own || offered.some((one) => one.value === value);
  const options =
    isAddress && !isOffered
      ? [...offered, { value, text: value, label: shortHex(value) }]
      : offered;
  return (
    <Combobox
      label={label}
      prefix={label.toLowerCase()}
      value={own ? String(own.index) : value}
      options={options}
      onChange={onChange}
      mono
      // As wide without the balances, which load late, as with them.
      className="w-[252px]"
    />
  );
}
