import { CircleCheck, FileBox } from 'lucide-react';
import { Link } from 'wouter';
import { Copyable } from '../../ui/copyable.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { ProblemNotice } from '../app/problem-notice.tsx';
import { deploymentPath } from '../deployments/deployment-path.ts';
import { useLiveContracts } from './use-live-contracts.ts';

/** What stands on the chosen network now. */
export function ContractsTab({ project }: { project: number }) {
  const { network, contracts, isPending, error } = useLiveContracts(project);
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
        <Table label="Live contracts">
          <thead>
            <tr>
              <Th>Contract</Th>
              <Th>Address</Th>
              <Th>Transaction</Th>
              <Th end>Block</Th>
              <Th>Deployment</Th>
              <Th end>When</Th>
            </tr>
          </thead>
          <tbody>
            {contracts.map((contract) => (
              <tr key={`${contract.run.id} ${contract.address}`} className="group">
                <Td>
                  <span className="inline-flex items-center gap-2">
                    <CircleCheck
                      size={15}
                      role="img"
                      aria-label={contract.verified ? 'code found on the chain' : 'not checked'}
                      className={contract.verified ? 'text-ok' : 'text-ink-dim'}
                    />
                    {contract.name ?? (
                      <span className="text-ink-dim">no artifact matches its code</span>
                    )}
                    {contract.nested && (
                      <span className="text-xs text-ink-dim">created inside</span>
                    )}
                  </span>
                </Td>
                <Td mono>
                  <Copyable value={contract.address} what="address" className="text-accent">
                    {shortHex(contract.address)}
                  </Copyable>
                </Td>
                <Td mono>
                  <Copyable value={contract.transactionHash} what="transaction hash">
                    {shortHex(contract.transactionHash)}
                  </Copyable>
                </Td>
                <Td end mono>
                  {count(contract.blockNumber)}
                </Td>
                <Td>
                  <Link href={deploymentPath(contract.run.id)} className="nums hover:underline">
                    #{contract.run.number}
                  </Link>
                </Td>
                <Td end className="text-ink-dim">
                  <RelativeTime at={contract.run.createdAt} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </div>
  );
}
