import { FileBox } from 'lucide-react';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { count } from '../../ui/format.ts';
import { RowTable } from '../../ui/row-table.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Th } from '../../ui/table.tsx';
import { type LiveContract, LiveContractRow } from './live-contract-row.tsx';
import { useLiveContracts } from './use-live-contracts.ts';

/** The live contracts on the chosen network. */
export function LiveContracts({ project }: { project: number }) {
  const { network, contracts, total, isPending, error } = useLiveContracts(project);
  return (
    <div className="p-5">
      {error ? (
        <ProblemNotice error={error} />
      ) : isPending ? (
        <Skeleton />
      ) : contracts.length === 0 ? (
        <EmptyState icon={<FileBox size={22} />} title={`Nothing of this project is on ${network}`}>
          Contracts stand here from the moment they are deployed until they are reverted. Press D to
          deploy.
        </EmptyState>
      ) : (
        <RowTable
          label="Live contracts"
          head={
            <>
              <Th>Contract</Th>
              <Th priority={0}>Address</Th>
              <Th priority={4}>Transaction</Th>
              <Th end priority={3}>
                Block
              </Th>
              <Th priority={1}>Deployment</Th>
              <Th end priority={2}>
                When
              </Th>
            </>
          }
          count={contracts.length}
          keyOf={(index) => {
            const { deployment, address } = contracts[index] as LiveContract;
            return `${deployment.id} ${address}`;
          }}
        >
          {(index) => (
            <LiveContractRow
              contract={contracts[index] as LiveContract}
              index={index}
              network={network}
              project={project}
            />
          )}
        </RowTable>
      )}
      {contracts.length < total && (
        <p className="mt-3 text-sm text-ink-dim">
          The newest {count(contracts.length)} of {count(total)}; the command line lists all of them
          with “drydock contract list --limit {total}”.
        </p>
      )}
    </div>
  );
}
