import { useQuery } from '@tanstack/react-query';
import { api } from '../../../../core/client.ts';
import { shortHex } from '../../../../ui/format.ts';
import { Select } from '../../../../ui/select.tsx';
import type { ControlProps } from './control.ts';

/** Chooses the key that signs on a live network; none: its node or the tool does. */
export function KeyControl({ shown: { input, value }, onChange }: ControlProps) {
  const { data = [] } = useQuery(api.keys.list.queryOptions());
  const chosen = value === undefined ? null : String(value);
  const gone = chosen === null || data.some(({ name }) => name === chosen) ? [] : [chosen];
  return (
    <Select
      label={input.label}
      prefix={input.label.toLowerCase()}
      value={chosen}
      options={[
        { value: '', text: 'none', label: 'none: the node signs' },
        ...gone.map((name) => ({ value: name, text: name, label: `${name}, which is gone` })),
        ...data.map(({ name, address }) => ({
          value: name,
          text: name,
          label: address === null ? name : `${name}  ${shortHex(address)}`,
        })),
      ]}
      onChange={(name) => onChange(name === '' ? undefined : name)}
      placeholder="none"
      className="max-w-80"
    />
  );
}
