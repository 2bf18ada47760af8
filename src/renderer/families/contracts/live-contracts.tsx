import { CircleCheck, FileBox } from 'lucide-react';
import { Link } from 'wouter';
import { Slot } from '../../core/feature/slot.tsx';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { blockPath, deploymentPath, transactionPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useRowsInView } from '../../ui/rows-in-view.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { ContractName } from './contract-name.tsx';
import { useLiveContracts } from './use-live-contracts.ts';

const rowHeight = 35;

/** The live contracts on the chosen network. Of a long list only those in view are drawn. */
export function LiveContracts({ project }: { project: number }) {
  const { network, contracts, total, isPending, error } = useLiveContracts(project);
  const { ref, first, end } = useRowsInView(contracts.length, rowHeight);
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
        <Table label="Live contracts" rows={contracts.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
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
            </tr>
          </thead>
          <tbody ref={ref}>
            <Space rows={first} />
            {contracts.slice(first, end).map((contract, i) => (
              <tr
                key={`${contract.deployment.id} ${contract.address}`}
                aria-rowindex={first + i + 2}
                className="group"
              >
                <Td>
                  <span className="inline-flex items-center gap-2">
                    <CircleCheck
                      size={15}
                      role="img"
                      aria-label={contract.verified ? 'code found on the chain' : 'not checked'}
                      className={contract.verified ? 'text-ok' : 'text-ink-dim'}
                    />
                    <ContractName name={contract.name} label={contract.label} />
                    {contract.nested && (
                      <span className="text-xs text-ink-dim">created inside</span>
                    )}
                    {contract.name !== null && (
                      <span className="opacity-0 group-hover:opacity-100 focus-within:opacity-100">
                        <Slot name="contract.actions" project={project} contract={contract.name} />
                      </span>
                    )}
                  </span>
                </Td>
                <Td mono>
                  <AddressLink
                    network={network}
                    of={{ address: contract.address }}
                    isContract
                    className="text-accent!"
                  />
                </Td>
                <Td mono>
                  <HexLink
                    href={network && transactionPath(network, contract.transactionHash)}
                    value={contract.transactionHash}
                    what="transaction hash"
                  >
                    {shortHex(contract.transactionHash)}
                  </HexLink>
                </Td>
                <Td end mono>
                  {network && contract.blockNumber !== null && (
                    <Link
                      href={blockPath(network, contract.blockNumber)}
                      className="hover:underline"
                    >
                      {count(contract.blockNumber)}
                    </Link>
                  )}
                </Td>
                <Td>
                  <Link
                    href={deploymentPath(contract.deployment.id)}
                    className="nums hover:underline"
                  >
                    #{contract.deployment.number}
                  </Link>
                </Td>
                <Td end className="text-ink-dim">
                  <RelativeTime at={contract.deployment.createdAt} />
                </Td>
              </tr>
            ))}
            <Space rows={contracts.length - end} />
          </tbody>
        </Table>
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

/** Height of rows that aren't drawn. */
const Space = ({ rows }: { rows: number }) =>
  rows > 0 && (
    <tr>
      <td style={{ height: rows * rowHeight, padding: 0 }} />
    </tr>
  );
