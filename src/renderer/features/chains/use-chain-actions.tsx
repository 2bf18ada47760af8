import { useMemo } from 'react';
import type { Reverted } from '#main/features/chains/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { sendCommand } from '../../core/send-command.ts';
import { plural } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';
import { revertNotice } from './revert-notice.ts';

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
  /** Without a snapshot: to the start of the last deployment. */
  revert(snapshot?: number): void;
  pinSnapshot(id: number, pinned: boolean): void;
  removeSnapshot(id: number): void;
}

/** All actions on a chain; one at a time, errors shown with their remedy. */
export function useChainActions(chain: string): ChainActions {
  const { busy, run } = useCommands();
  return useMemo(() => {
    const act = async <T,>(name: string, action: () => Promise<T>, done?: (result: T) => void) => {
      const result = await run(name, action);
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
            void sendCommand(
              () => client.chains.revert({ chain, snapshot: left }),
              (again) => announce(again, () => undefined),
            );
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
      pinSnapshot: (id, pinned) =>
        void act(`pin ${id}`, () =>
          client.chains.describeSnapshot({ chain, snapshot: id, pinned }),
        ),
      removeSnapshot: (id) =>
        void act(
          `remove ${id}`,
          () => client.chains.removeSnapshot({ chain, snapshot: id }),
          (removed) => toast.success(`Snapshot “${removed.name}” is deleted`),
        ),
    };
  }, [busy, chain, run]);
}
