import { ArrowRight } from 'lucide-react';
import { formatUnits } from 'viem';
import type { TransactionTransfer } from '#main/features/explorer/contract/transactions.ts';
import { AddressLink } from '../../core/inside/address-link.tsx';
import { exactEther } from '../../core/inside/words.ts';
import { Table, Td, Th } from '../../ui/table.tsx';

const standards: Record<TransactionTransfer['standard'], string> = {
  ether: 'ether',
  erc20: 'ERC-20',
  erc721: 'ERC-721',
  erc1155: 'ERC-1155',
};

/** In the unit that the token itself tells; without one, in its smallest. */
const amountOf = ({ token, amount, id }: TransactionTransfer): string =>
  token === null
    ? exactEther(amount)
    : id === null
      ? formatUnits(BigInt(amount), token.decimals ?? 0)
      : `${amount} × #${id}`;

interface TransfersTableProps {
  network: string;
  transfers: readonly TransactionTransfer[];
  /** Nothing of it remains. */
  reverted: boolean;
}

/** Ether and tokens that a transaction has moved, in order. */
export function TransfersTable({ network, transfers, reverted }: TransfersTableProps) {
  if (transfers.length === 0) {
    return (
      <p className="text-sm text-ink-dim">
        {reverted ? 'It was reverted: nothing moved.' : 'It moved neither ether nor tokens.'}
      </p>
    );
  }
  return (
    <Table label="Transfers">
      <thead>
        <tr>
          <Th>From</Th>
          <Th />
          <Th priority={0}>To</Th>
          <Th end priority={0}>
            Amount
          </Th>
          <Th priority={1}>Token</Th>
          <Th priority={3}>Standard</Th>
        </tr>
      </thead>
      <tbody>
        {transfers.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a transfer is its position
          <tr key={i} className="group">
            <Td>
              <AddressLink network={network} of={one.from} />
            </Td>
            <Td className="w-6 text-ink-dim">
              <ArrowRight aria-hidden="true" size={14} />
            </Td>
            <Td>
              <AddressLink network={network} of={one.to} />
            </Td>
            <Td mono end className="text-ink!">
              {amountOf(one)}
            </Td>
            <Td>
              {one.token === null ? (
                'ETH'
              ) : (
                <span className="flex items-center gap-2">
                  {one.token.symbol && <span>{one.token.symbol}</span>}
                  <AddressLink network={network} of={one.token} />
                </span>
              )}
            </Td>
            <Td className="text-ink-dim">{standards[one.standard]}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
