import { CircleCheck } from 'lucide-react';
import { Link } from 'wouter';
import { Slot } from '../../core/feature/slot.tsx';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { OfUpstream } from '../../core/inside/of-upstream.tsx';
import { blockPath, deploymentPath, transactionPath } from '../../core/paths.ts';
import { count, shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { rowAt } from '../../ui/row-focus.ts';
import { Td } from '../../ui/table.tsx';
import { ContractName } from './contract-name.tsx';
import type { useLiveContracts } from './use-live-contracts.ts';

export type LiveContract = ReturnType<typeof useLiveContracts>['contracts'][number];

interface LiveContractRowProps {
  contract: LiveContract;
  index: number;
  network: string | null;
  project: number;
}

export function LiveContractRow({ contract, index, network, project }: LiveContractRowProps) {
  return (
    <tr {...rowAt(index)} className="group">
      <Td>
        <span className="inline-flex items-center gap-2">
          <CircleCheck
            size={15}
            role="img"
            aria-label={contract.verified ? 'code found on the chain' : 'not checked'}
            className={contract.verified ? 'text-ok' : 'text-ink-dim'}
          />
          <ContractName name={contract.name} label={contract.label} />
          {network && contract.upstream !== null && (
            <OfUpstream network={network} upstream={contract.upstream} />
          )}
          {contract.nested && <span className="text-xs text-ink-dim">created inside</span>}
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
          <Link href={blockPath(network, contract.blockNumber)} className="hover:underline">
            {count(contract.blockNumber)}
          </Link>
        )}
      </Td>
      <Td>
        <Link href={deploymentPath(contract.deployment.id)} className="nums hover:underline">
          #{contract.deployment.number}
        </Link>
      </Td>
      <Td end className="text-ink-dim">
        <RelativeTime at={contract.deployment.createdAt} />
      </Td>
    </tr>
  );
}
