import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Network } from '#main/features/networks/contract.ts';
import { api } from '../../core/client.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Th } from '../../ui/table.tsx';
import { NetworkDialog } from './network-dialog.tsx';
import { NetworkRow } from './network-row.tsx';
import { RailsDialog } from './rails/rails-dialog.tsx';

/** Where deployments can go: Drydock's chains, forks, and remote RPCs. */
export function NetworksPage() {
  const networks = useQuery(api.networks.list.queryOptions());
  const [editing, setEditing] = useState<Network | 'new' | null>(null);
  const [railed, setRailed] = useState<string | null>(null);
  return (
    <Page
      title="Networks"
      about="Chains of your own, forks of others, and remote networks."
      actions={
        <Button icon={<Plus aria-hidden="true" size={15} />} onClick={() => setEditing('new')}>
          Add network
        </Button>
      }
    >
      {networks.error && (
        <ProblemNotice error={networks.error} onRetry={() => void networks.refetch()} />
      )}
      {networks.data ? (
        <Table label="Networks">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th className="hidden @2xl:table-cell" priority={3}>
                Kind
              </Th>
              <Th end priority={2}>
                Chain id
              </Th>
              <Th priority={1}>RPC</Th>
              <Th priority={1}>Answer</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {networks.data.map((network) => (
              <NetworkRow
                key={network.name}
                network={network}
                onEdit={() => setEditing(network)}
                onRails={() => setRailed(network.name)}
              />
            ))}
          </tbody>
        </Table>
      ) : (
        !networks.error && <Skeleton rows={6} />
      )}
      <RailsDialog network={railed} onClose={() => setRailed(null)} />
      <NetworkDialog editing={editing} onClose={() => setEditing(null)} />
    </Page>
  );
}
