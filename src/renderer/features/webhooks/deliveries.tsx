import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Delivery } from '#main/features/webhooks/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { dateTime, duration } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';
import { deliveryTone, deliveryWord } from './delivery-words.ts';
import { eventWords } from './event-words.ts';

const PAGE = 50;

/** What was sent, newest first, and the responses. */
export function Deliveries() {
  const [shown, setShown] = useState<Delivery | null>(null);
  const { busy, run } = useCommands();
  const query = useInfiniteQuery(
    api.webhooks.deliveries.infiniteOptions({
      input: (before: number | undefined) => ({ before, limit: PAGE }),
      initialPageParam: undefined,
      getNextPageParam: (page) => (page.length === PAGE ? page.at(-1)?.id : undefined),
    }),
  );
  if (query.error) {
    return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  }
  const deliveries = query.data?.pages.flat();
  if (!deliveries) return <Skeleton rows={4} />;
  if (deliveries.length === 0) {
    return <p className="text-sm text-ink-dim">Nothing was sent yet. Test a webhook to see it.</p>;
  }
  return (
    <>
      <Table label="Deliveries">
        <thead>
          <tr>
            <Th>Webhook</Th>
            <Th priority={0}>Event</Th>
            <Th priority={0}>Status</Th>
            <Th end priority={3}>
              Response
            </Th>
            <Th end priority={4}>
              Took
            </Th>
            <Th end priority={1}>
              When
            </Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <tr key={delivery.id} className="group">
              <Td>{delivery.webhook.name}</Td>
              <Td>
                <span title={delivery.type}>{eventWords(delivery.type)}</span>
              </Td>
              <Td>
                <span className="inline-flex items-center gap-2">
                  <StateDot tone={deliveryTone[delivery.status]} />
                  {deliveryWord(delivery)}
                </span>
              </Td>
              <Td end mono>
                {delivery.responseCode ?? '—'}
              </Td>
              <Td end className="text-ink-soft">
                {delivery.durationMs === null ? '—' : duration(delivery.durationMs)}
              </Td>
              <Td end className="text-ink-soft">
                <RelativeTime at={delivery.endedAt ?? delivery.createdAt} />
              </Td>
              <Td end>
                <span className="inline-flex gap-1.5">
                  <Button size="sm" variant="ghost" onClick={() => setShown(delivery)}>
                    Details
                  </Button>
                  <Button
                    size="sm"
                    busy={busy === String(delivery.id)}
                    aria-label={`Redeliver ${eventWords(delivery.type)} to ${delivery.webhook.name}`}
                    onClick={() =>
                      void run(String(delivery.id), () =>
                        client.webhooks.redeliver({ id: delivery.id }),
                      )
                    }
                  >
                    Redeliver
                  </Button>
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {query.hasNextPage && (
        <Button
          className="self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      <Dialog
        wide
        title={shown ? `${eventWords(shown.type)} to ${shown.webhook.name}` : ''}
        open={shown !== null}
        onClose={() => setShown(null)}
      >
        {shown && <DeliveryFacts delivery={shown} />}
      </Dialog>
    </>
  );
}

function DeliveryFacts({ delivery }: { delivery: Delivery }) {
  return (
    <div className="flex flex-col gap-3">
      <Facts>
        <Fact name="Status">{deliveryWord(delivery)}</Fact>
        <Fact name="Created">{dateTime(delivery.createdAt)}</Fact>
        {delivery.nextAt !== null && <Fact name="Next try">{dateTime(delivery.nextAt)}</Fact>}
        {delivery.problem && <Fact name="Problem">{delivery.problem}</Fact>}
        <Fact name="Answer">{delivery.responseCode ?? 'none'}</Fact>
      </Facts>
      {delivery.response && (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard
          tabIndex={0}
          className="max-h-60 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap"
        >
          {delivery.response}
        </pre>
      )}
    </div>
  );
}
