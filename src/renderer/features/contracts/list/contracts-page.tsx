import { FileBox } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { networkOption } from '../../../core/inside/network-option.ts';
import { overviewPath } from '../../../core/paths.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { useNetworks } from '../../../core/queries/use-networks.ts';
import { useSelection } from '../../../core/selection/use-selection.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { count, plural } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { AddContract } from '../add/add-contract.tsx';
import { useKnownContracts } from '../use-known-contracts.ts';
import { ContractList, useFolded } from './contract-list.tsx';
import { contractRows } from './contract-rows.ts';
import { FilterField } from './filter-field.tsx';
import { SelectedContracts } from './selected-contracts.tsx';

const everywhere = '';

/** Every contract that is on its network now, by project and network, and those that were added. */
export function ContractsPage() {
  const [, navigate] = useLocation();
  const networks = useNetworks().data ?? [];
  const [text, setText] = useState('');
  const [network, setNetwork] = useState(everywhere);
  const { contracts, added, total, isPending, error, refetch } = useKnownContracts(
    network || undefined,
  );
  const [folded, fold] = useFolded();
  const wanted = useDeferredValue(text);
  const rows = useMemo(
    () => contractRows({ contracts, added }, { text: wanted, network: network || null, folded }),
    [contracts, added, wanted, network, folded],
  );
  const shown = useMemo(
    () => rows.flatMap((row) => (row.kind === 'contract' ? [row.contract] : [])),
    [rows],
  );
  const selection = useSelection(useMemo(() => shown.map(({ key }) => key), [shown]));
  const all = total + added.length;
  return (
    <Page
      title="Contracts"
      about={!isPending && plural(all, 'contract')}
      actions={
        <>
          <div className="flex w-64">
            <FilterField total={all} value={text} onChange={setText} />
          </div>
          <Select
            label="Network"
            value={network}
            options={[
              { value: everywhere, text: 'all networks', label: 'all networks' },
              ...networks.map(networkOption),
            ]}
            plainValue
            onChange={setNetwork}
            className="max-w-44"
          />
          <AddContract />
        </>
      }
    >
      {error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton rows={8} />
      ) : all === 0 ? (
        <EmptyState
          icon={<FileBox size={22} />}
          title="No contract is on a network now"
          action={
            <Button onClick={() => navigate(overviewPath)}>Choose a project to deploy</Button>
          }
        >
          Contracts stand here from the moment they are deployed until they are reverted. One that
          somebody else has deployed is added by its address, with its ABI.
        </EmptyState>
      ) : rows.length === 0 ? (
        <p className="text-sm text-ink-dim">No contract is called that here.</p>
      ) : (
        <>
          <SelectedContracts
            contracts={shown.filter(({ key }) => selection.has(key))}
            selection={selection}
          />
          <ContractList rows={rows} folded={folded} onFold={fold} selection={selection} />
          {contracts.length < total && (
            <p className="text-sm text-ink-dim">
              The newest {count(contracts.length)} of {count(total)}.
            </p>
          )}
        </>
      )}
    </Page>
  );
}
