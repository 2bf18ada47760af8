import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { Chain } from '#main/features/chains/contract.ts';
import { closeChainSettings } from '../../../core/chains/settings-dialog.ts';
import { api, client } from '../../../core/client.ts';
import { DialogForm } from '../../../core/forms/dialog-form.tsx';
import { useCommandForm } from '../../../core/forms/use-command-form.ts';
import { useChain } from '../../../core/queries/use-chains.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { count, plural } from '../../../ui/format.ts';
import { Switch } from '../../../ui/switch.tsx';
import { toast } from '../../../ui/toast.ts';
import { useUpstream } from '../fork/use-upstream.ts';
import { type Anew, closeAnew, useAskedAnew } from './anew-state.ts';

/** Says what creating a chain anew takes along and what stays, and does it when that is wanted. */
export function AnewDialog() {
  const asked = useAskedAnew((state) => state.asked);
  const chain = useChain(asked?.chain ?? null).data;
  return (
    <Dialog
      title={asked ? titleOf(asked) : ''}
      open={asked !== null && chain !== undefined}
      onClose={closeAnew}
    >
      {asked && chain && <AnewForm {...asked} now={chain} />}
    </Dialog>
  );
}

const isRefork = ({ input }: Anew): boolean => input.forkBlock !== undefined;

const titleOf = (asked: Anew): string =>
  isRefork(asked) ? `Re-fork ${asked.chain}` : `Create ${asked.chain} anew`;

const fields = z.object({ snapshot: z.boolean() });

function AnewForm({ now, ...asked }: Anew & { now: Chain }) {
  const { chain, input } = asked;
  const isRunning = now.status === 'running';
  const command = useCommandForm({
    schema: fields,
    values: { snapshot: isRunning },
    async send({ snapshot }) {
      const kept = snapshot ? await client.chains.snapshot({ chain }) : null;
      return { kept, made: await client.chains.restart({ chain, ...input, fresh: true }) };
    },
    done({ kept, made }) {
      closeAnew();
      closeChainSettings();
      toast.success(
        made.forkBlock === null || !isRefork(asked)
          ? `${chain} was created anew`
          : `${chain} begins at block ${count(made.forkBlock)}`,
        { description: kept ? `“${kept.name}” holds what it was before.` : undefined },
      );
    },
  });
  const { form } = command;
  return (
    <DialogForm
      command={command}
      verb={isRefork(asked) ? 'Re-fork' : 'Create anew'}
      isDanger
      onCancel={closeAnew}
    >
      <Consequences asked={asked} now={now} />
      {isRunning ? (
        <form.Field name="snapshot">
          {(field) => (
            <Switch
              label="Take a snapshot first"
              checked={field.state.value}
              onChange={field.handleChange}
            />
          )}
        </form.Field>
      ) : (
        <p className="text-sm text-ink-dim">
          It does not run: for a snapshot of what it is now, start it first.
        </p>
      )}
    </DialogForm>
  );
}

function Consequences({ asked, now }: { asked: Anew; now: Chain }) {
  const { chain, input } = asked;
  const snapshots = useQuery(api.chains.snapshots.queryOptions({ input: { chain } })).data;
  const live = useQuery(
    api.deployments.list.queryOptions({ input: { target: chain, live: true, limit: 1 } }),
  ).data;
  const upstream = useUpstream(chain, input.forkBlock === 'latest').data;
  const blocks = now.blockNumber === null ? 0 : now.blockNumber - (now.forkBlock ?? 0);
  return (
    <ul className="flex list-disc flex-col gap-1.5 pl-4 text-sm">
      {upstream && now.forkBlock !== null && (
        <li>
          It begins at block {count(upstream.newest)} of what it forks, no longer at{' '}
          {count(now.forkBlock)}.
        </li>
      )}
      <li>
        What it has is gone: {blocks > 0 && <>the {plural(blocks, 'block')} made here, </>}
        balances, contracts
        {live && live.total > 0 && <>, and {plural(live.total, 'deployment')} in place</>}.
      </li>
      <li>
        {snapshots?.length
          ? `Its ${plural(snapshots.length, 'snapshot')} ${snapshots.length === 1 ? 'stays' : 'stay'}. A revert to one brings back how the chain was created and where it began.`
          : 'It has no snapshot to go back to yet.'}
      </li>
    </ul>
  );
}
