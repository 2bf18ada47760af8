import { useMemo } from 'react';
import { toast } from 'sonner';
import type { Reverted } from '#main/features/chains/contract.ts';
import { api, client } from '../../client.ts';
import { plural } from '../../ui/format.ts';
import { queryClient } from '../app/query-client.ts';
import { showProblem } from '../app/show-problem.ts';
import { useAction } from '../app/use-action.ts';
import { revertNotice } from './revert-notice.ts';

function refresh(chain: string): void {
  void queryClient.invalidateQueries({ queryKey: api.chains.list.key() });
  void queryClient.invalidateQueries({ queryKey: api.chains.get.key({ input: { chain } }) });
  void queryClient.invalidateQueries({ queryKey: api.chains.snapshots.key({ input: { chain } }) });
}

function announce(reverted: Reverted, goBack: () => void): void {
  const { title, lines } = revertNotice(reverted);
  toast.success(title, {
    description: (
      <ul className="flex flex-col gap-1">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    ),
    duration: 14_000,
    closeButton: true,
    action: reverted.leftBehind ? { label: 'Undo', onClick: goBack } : undefined,
  });
}

interface How {
  fresh?: boolean;
  /** From now on; `auto`: as the settings say. */
  engine?: 'docker' | 'process' | 'auto';
}

export interface ChainActions {
  busy: string | null;
  start(how?: How): void;
  stop(): void;
  restart(how?: How): void;
  mine(blocks?: number): void;
  warp(seconds: number, what: string): void;
  snapshot(name?: string): Promise<boolean>;
  /** Without a snapshot: to where the last deployment started. */
  revert(snapshot?: number): void;
  removeSnapshot(id: number): void;
}

/** Everything that can be done to a chain; one thing at a time, errors shown with their remedy. */
export function useChainActions(chain: string): ChainActions {
  const { busy, run } = useAction();
  return useMemo(() => {
    const act = async <T,>(name: string, action: () => Promise<T>, done?: (result: T) => void) => {
      const result = await run(name, action);
      refresh(chain);
      if (result !== undefined) done?.(result);
      return result !== undefined;
    };
    const revert = (snapshot?: number) => {
      void act(
        'revert',
        () => client.chains.revert({ chain, snapshot }),
        (reverted) => {
          const left = reverted.leftBehind?.id;
          announce(reverted, () => {
            client.chains
              .revert({ chain, snapshot: left })
              .then((again) => announce(again, () => undefined))
              .catch(showProblem);
          });
        },
      );
    };
    return {
      busy,
      start: (how) =>
        void act(
          'start',
          () => client.chains.start({ chain, ...how }),
          ({ rpcUrl }) => toast.success(`${chain} runs at ${rpcUrl}`),
        ),
      stop: () =>
        void act(
          'stop',
          () => client.chains.stop({ chain }),
          () => toast.success(`${chain} is stopped; its state is saved`),
        ),
      restart: (how) =>
        void act(
          'restart',
          () => client.chains.restart({ chain, ...how }),
          ({ rpcUrl }) => toast.success(`${chain} was restarted at ${rpcUrl}`),
        ),
      mine: (blocks = 1) => void act('mine', () => client.chains.mine({ chain, blocks })),
      warp: (seconds, what) =>
        void act(
          'warp',
          () => client.chains.warp({ chain, seconds }),
          () => toast.success(`The clock of ${chain} is ${what} further`),
        ),
      snapshot: (name) =>
        act(
          'snapshot',
          () => client.chains.snapshot({ chain, name }),
          (taken) =>
            toast.success(`Snapshot “${taken.name}” at block ${taken.blockNumber}`, {
              description:
                taken.deployments.length > 0
                  ? `Holds ${plural(taken.deployments.length, 'deployment')}.`
                  : undefined,
            }),
        ),
      revert,
      removeSnapshot: (id) =>
        void act(
          'remove',
          () => client.chains.removeSnapshot({ chain, snapshot: id }),
          (removed) => toast.success(`Snapshot “${removed.name}” is deleted`),
        ),
    };
  }, [busy, chain, run]);
}
