import { useQuery } from '@tanstack/react-query';
import { api } from '../../client.ts';
import { ether, shortHex } from '../../ui/format.ts';
import { Select } from '../../ui/select.tsx';

interface FromPickerProps {
  chain: string;
  running: boolean;
  value: string | undefined;
  onChange(value: string): void;
}

/** The account that sends: one of the chain's development accounts, with what it owns. */
export function FromPicker({ chain, running, value = '0', onChange }: FromPickerProps) {
  const accounts = useQuery(
    api.chains.accounts.queryOptions({ input: { chain }, enabled: running }),
  ).data;
  const isAddress = value.startsWith('0x');
  const known = accounts
    ? accounts.map((account) => ({
        value: String(account.index),
        text: account.address,
        label: shortHex(account.address),
        detail: `${ether(account.balance)} ETH`,
      }))
    : Array.from({ length: Math.max(10, isAddress ? 0 : Number(value) + 1) }, (_, index) => ({
        value: String(index),
        text: `account ${index}`,
        label: `account ${index}`,
      }));
  // An address comes from the command line, by way of a run that is edited and sent again.
  const own = isAddress && known.find(({ text }) => text.toLowerCase() === value.toLowerCase());
  const options =
    isAddress && !own ? [...known, { value, text: value, label: shortHex(value) }] : known;
  return (
    <Select
      label="From"
      prefix="from"
      value={own ? own.value : value}
      options={options}
      onChange={onChange}
      mono
      // As wide without the balances, which come late, as with them.
      className="w-[252px]"
    />
  );
}
