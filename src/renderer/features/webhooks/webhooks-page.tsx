import { useQuery } from '@tanstack/react-query';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import type { Webhook } from '#main/features/webhooks/contract.ts';
import { api } from '../../core/client.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Th } from '../../ui/table.tsx';
import { Deliveries } from './deliveries.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';
import { WebhookRow } from './webhook-row.tsx';

/** The receivers of events, and whether deliveries arrived. */
export function WebhooksPage() {
  const webhooks = useQuery(api.webhooks.list.queryOptions());
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const add = (
    <Button icon={<Plus aria-hidden="true" size={15} />} onClick={() => setEditing('new')}>
      Add webhook
    </Button>
  );
  return (
    <Page
      title="Webhooks"
      about="Tell other programs, Slack or Discord what happens here."
      actions={webhooks.data?.length ? add : undefined}
    >
      {webhooks.error && (
        <ProblemNotice error={webhooks.error} onRetry={() => void webhooks.refetch()} />
      )}
      {!webhooks.data && !webhooks.error && <Skeleton rows={4} />}
      {webhooks.data?.length === 0 && (
        <EmptyState icon={<WebhookIcon size={22} />} title="No webhooks yet" action={add}>
          A webhook sends each event you choose, such as the end of a deployment, to an address of
          yours. What can’t be delivered is tried again, also after a restart.
        </EmptyState>
      )}
      {webhooks.data && webhooks.data.length > 0 && (
        <>
          <Table label="Webhooks">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th priority={3}>Format</Th>
                <Th priority={1}>Address</Th>
                <Th priority={2}>Events</Th>
                <Th priority={0}>State</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {webhooks.data.map((webhook) => (
                <WebhookRow key={webhook.id} webhook={webhook} onEdit={() => setEditing(webhook)} />
              ))}
            </tbody>
          </Table>
          <Section title="Deliveries">
            <Deliveries />
          </Section>
        </>
      )}
      <WebhookDialog editing={editing} onClose={() => setEditing(null)} />
    </Page>
  );
}
