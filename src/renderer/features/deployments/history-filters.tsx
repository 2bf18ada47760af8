import { useQuery } from '@tanstack/react-query';
import type { DeploymentStatus } from '#main/features/deployments/contract.ts';
import { api } from '../../client.ts';
import { Select } from '../../ui/select.tsx';
import { statusWord } from './status-words.ts';

export interface HistoryFilter {
  network?: string;
  status?: DeploymentStatus;
}

interface HistoryFiltersProps {
  value: HistoryFilter;
  onChange(value: HistoryFilter): void;
}

const all = { value: 'all', text: 'all', label: 'all' } as const;

export function HistoryFilters({ value, onChange }: HistoryFiltersProps) {
  const networks = useQuery(api.networks.list.queryOptions()).data ?? [];
  const statuses = Object.keys(statusWord) as DeploymentStatus[];
  return (
    <>
      <Select
        label="Filter by network"
        prefix="network"
        value={value.network ?? 'all'}
        options={[all, ...networks.map(({ name }) => ({ value: name, text: name, label: name }))]}
        onChange={(network) =>
          onChange({ ...value, network: network === 'all' ? undefined : network })
        }
      />
      <Select<DeploymentStatus | 'all'>
        label="Filter by result"
        prefix="result"
        value={value.status ?? 'all'}
        options={[
          all,
          ...statuses.map((status) => ({
            value: status,
            text: statusWord[status],
            label: statusWord[status],
          })),
        ]}
        onChange={(status) => onChange({ ...value, status: status === 'all' ? undefined : status })}
      />
    </>
  );
}
