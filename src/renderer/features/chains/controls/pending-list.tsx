import { useQuery } from '@tanstack/react-query';
import { Pickaxe, X } from 'lucide-react';
import type { PendingTransactions } from '#main/features/chain-controls/contract.ts';
import type { Chain } from '#main/features/chains/contract.ts';
import { api, client } from '../../../core/client.ts';
import { useCommand } from '../../../core/commands/use-command.ts';
import { AddressLink } from '../../../core/inside/address-link.tsx';
import { transactionPath } from '../../../core/paths.ts';
import { ProblemNotice } from '../../../core/problems/problem-notice.tsx';
import { Button } from '../../../ui/button.tsx';
import { count, ether, gwei, plural, shortHex } from '../../../ui/format.ts';
import { HexLink } from '../../../ui/hex-link.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Section } from '../../../ui/section.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';
import { toast } from '../../../ui/toast.ts';
import type { ChainActions } from '../use-chain-actions.tsx';

/** Transactions that wait for their block. Of a chain that mines on demand there are rarely any. */
export function PendingList({ chain, actions }: { chain: Chain; actions: ChainActions }) {
  const { name, mining } = chain;
  const waiting = chain.pending ?? 0;
  const isShown = chain.status === 'running' && (waiting > 0 || mining.mode !== 'auto');
  const { data, error } = useQuery(
    api.chainControls.pending.queryOptions({ input: { chain: name }, enabled: isShown }),
  );
  const drop = useCommand((hash: string | undefined) =>
    client.chainControls.drop({ chain: name, hash }).then(({ dropped }) => {
      toast.success(`Dropped ${plural(dropped, 'transaction')}`);
    }),
  );
  if (!isShown) return null;
  const { transactions = [], total = 0 } = data ?? {};
  return (
    <Section
      title="Pending"
      aside={
        <>
          <Button
            size="sm"
            icon={<Pickaxe aria-hidden="true" size={14} />}
            onClick={() => actions.mine()}
          >
            Mine a block
          </Button>
          <Button size="sm" disabled={total === 0} onClick={() => void drop.send(undefined)}>
            Drop all
          </Button>
        </>
      }
    >
      {error && <ProblemNotice error={error} />}
      {total === 0 ? (
        <p className="text-sm text-ink-dim">Nothing waits to be mined.</p>
      ) : (
        <Table label="Pending transactions">
          <thead>
            <tr>
              <Th>Transaction</Th>
              <Th priority={1}>From</Th>
              <Th end priority={4}>
                Nonce
              </Th>
              <Th priority={2}>To</Th>
              <Th priority={0}>Calls</Th>
              <Th end priority={3}>
                Pays up to
              </Th>
              <Th end priority={5}>
                Seen
              </Th>
              <Th>
                <span className="sr-only">Drop</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {transactions.map((one) => (
              <Row key={one.hash} chain={name} one={one} onDrop={() => void drop.send(one.hash)} />
            ))}
          </tbody>
        </Table>
      )}
      {total > transactions.length && (
        <p className="text-xs text-ink-dim">{count(total - transactions.length)} more wait.</p>
      )}
    </Section>
  );
}

type One = PendingTransactions['transactions'][number];

function Row({ chain, one, onDrop }: { chain: string; one: One; onDrop: () => void }) {
  return (
    <tr className="group">
      <Td>
        <HexLink href={transactionPath(chain, one.hash)} value={one.hash} what="hash">
          {shortHex(one.hash)}
        </HexLink>
      </Td>
      <Td>
        <AddressLink network={chain} of={one.from} />
      </Td>
      <Td end>
        <span title={one.waits ? 'Waits for a transaction with a lower nonce' : undefined}>
          {count(one.nonce)}
          {one.waits && <span className="text-ink-dim"> · waits</span>}
        </span>
      </Td>
      <Td>{one.to ? <AddressLink network={chain} of={one.to} /> : 'new contract'}</Td>
      <Td mono className="max-w-52 truncate">
        {one.function ?? (one.value === '0' ? '—' : `${ether(one.value)} ETH`)}
      </Td>
      <Td end>{gwei(one.gasPrice)}</Td>
      <Td end>
        <RelativeTime at={one.seenAt} />
      </Td>
      <Td end>
        <IconButton label={`Drop ${shortHex(one.hash)}`} icon={<X size={13} />} onClick={onDrop} />
      </Td>
    </tr>
  );
}
