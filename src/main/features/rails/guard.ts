import { formatEther } from 'viem';
import { doorWords } from '../../shared/door-words.ts';
import { AppError } from '../../shared/errors.ts';
import type { Rails } from '../../targets/chain/live/reviewed-run.ts';
import type { RailsRow } from './store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Blocks, where money is at stake and where none is. */
const CONFIRMATIONS = { production: 3, other: 1 };

export interface GuardDependencies {
  rails: (network: string) => RailsRow;
  /** What may have been spent on a network by what was signed since then, in wei. */
  spentSince: (network: string, since: number) => bigint;
  /** The name of a main network; null: it is none. */
  mainnet: (chainId: number) => string | null;
}

export interface Guard extends Rails {
  /** What the last 24 hours may have cost, in wei. */
  spent(network: string): bigint;
}

export function guard({ rails, spentSince, mainnet }: GuardDependencies): Guard {
  const spent = (network: string) => spentSince(network, Date.now() - DAY_MS);
  const production = (network: string, chainId: number) => {
    const own = rails(network).production;
    if (own === false) return null;
    return mainnet(chainId) ?? (own === true ? network : null);
  };

  return {
    spent,
    production,

    confirmations: (network, chainId) =>
      rails(network).confirmations ??
      CONFIRMATIONS[production(network, chainId) === null ? 'other' : 'production'],

    assertDoor(network, { door }) {
      const { doors } = rails(network);
      if (doors === null || doors.some((one) => one === door)) return;
      throw refused(
        network,
        `${network} is sent to ${doors.length === 0 ? 'by nobody' : `only from ${doors.map((one) => doorWords[one]).join(' and ')}`}, as its rails say.`,
      );
    },

    assertMaySend({ network, sender, most }) {
      const { freeze, senders, dailyLimit } = rails(network);
      if (freeze) {
        const why = freeze.note === '' ? '' : ` ("${freeze.note}")`;
        throw new AppError(
          'NETWORK_FROZEN',
          `${network} is frozen${why}: nothing is sent there. Lift it first: drydock network unfreeze ${network}`,
          { fix: { label: 'Show its rails', command: `drydock network rails ${network}` } },
        );
      }
      const isKnown = senders?.some((one) => one.toLowerCase() === sender?.toLowerCase()) ?? true;
      if (!isKnown) {
        throw refused(
          network,
          `${sender ?? 'A sender that is not known'} may not send to ${network}: its rails name ${senders?.join(', ') || 'nobody'}.`,
        );
      }
      if (dailyLimit === null) return;
      if (most === null) {
        throw refused(
          network,
          `${network} has a limit for 24 hours, and only what a key of Drydock signs is counted. Deploy with --key, which is reviewed.`,
        );
      }
      if (most <= 0n) return;
      const before = spent(network);
      if (before + most <= BigInt(dailyLimit)) return;
      throw refused(
        network,
        `${network} may cost ${formatEther(BigInt(dailyLimit))} ether in 24 hours, and this could cost ${formatEther(most)} after ${formatEther(before)} already signed for.`,
      );
    },
  };
}

const refused = (network: string, message: string): AppError =>
  new AppError('RAILS_REFUSED', `${message} Change that with drydock network rails ${network}.`, {
    fix: { label: 'Show its rails', command: `drydock network rails ${network}` },
  });
