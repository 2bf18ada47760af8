import { useQuery } from '@tanstack/react-query';
import { BookUser, Plus } from 'lucide-react';
import type { LabelledAddress } from '#main/features/address-book/contract.ts';
import { openLabelDialog } from '../../core/addresses/label-dialog.ts';
import { api, client } from '../../core/client.ts';
import { useCommand } from '../../core/commands/use-command.ts';
import { addressPath } from '../../core/paths.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { ColorDot } from '../../ui/color-dot.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { HexLink } from '../../ui/hex-link.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Page } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

const add = () => openLabelDialog({ network: null, address: null });

/** What the user calls addresses. */
export function AddressBookPage() {
  const { data, error, refetch } = useQuery(api.addressBook.list.queryOptions({ input: {} }));
  return (
    <Page
      title="Addresses"
      about="What you call addresses, wherever they stand. A label names its address in commands, too."
      actions={
        <Button icon={<Plus aria-hidden="true" size={15} />} onClick={add}>
          Label an address
        </Button>
      }
    >
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data ? (
        !error && <Skeleton rows={6} />
      ) : data.length === 0 ? (
        <EmptyState icon={<BookUser size={22} />} title="No address has a label yet">
          Hold the pointer over an address anywhere and choose the tag beside it, or label one here.
        </EmptyState>
      ) : (
        <Table label="Labelled addresses">
          <thead>
            <tr>
              <Th>Label</Th>
              <Th priority={0}>Address</Th>
              <Th priority={1}>Network</Th>
              <Th end priority={2}>
                Changed
              </Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {data.map((one) => (
              <Row key={`${one.network} ${one.address}`} one={one} />
            ))}
          </tbody>
        </Table>
      )}
    </Page>
  );
}

function Row({ one }: { one: LabelledAddress }) {
  const { address, network, label, color, changedAt } = one;
  const { send } = useCommand(client.addressBook.remove);
  return (
    <tr className="group hover:bg-hover">
      <Td className="w-full max-w-0 truncate">
        <span className="inline-flex max-w-full items-center gap-2 font-medium">
          {color ? <ColorDot color={color} /> : <span className="size-2 shrink-0" />}
          <span className="truncate">{label}</span>
        </span>
      </Td>
      <Td mono>
        <HexLink href={addressPath(network ?? 'local', address)} value={address} what="address">
          {address}
        </HexLink>
      </Td>
      <Td className={network === null ? 'text-ink-dim' : ''}>{network ?? 'all'}</Td>
      <Td end className="text-ink-dim">
        <RelativeTime at={changedAt} />
      </Td>
      <Td end>
        <Menu
          label={`More for ${label}`}
          items={[
            {
              label: 'Label…',
              onSelect: () =>
                openLabelDialog({ network, address, scope: network === null ? 'all' : 'network' }),
            },
            { label: 'Remove', danger: true, onSelect: () => void send({ address, network }) },
          ]}
        />
      </Td>
    </tr>
  );
}
