import type { Fix } from '../../../shared/errors.ts';
import type { DeploymentRef } from '../../../shared/refs.ts';
import { resultWords } from '../../../shared/result-parts.ts';
import type { Event } from '../contract.ts';

/** How an event is to be taken: as good or bad news, as something to look at, or just noted. */
export type Tone = 'good' | 'bad' | 'warning' | 'plain';

const endings = {
  succeeded: { word: 'succeeded', tone: 'good' },
  failed: { word: 'failed', tone: 'bad' },
  cancelled: { word: 'was cancelled', tone: 'warning' },
  interrupted: { word: 'was interrupted', tone: 'warning' },
} as const;

/** An event in one line of plain text, and what more there is to say; the same in every place. */
export function headline(e: Event): { title: string; detail: string | null; tone: Tone } {
  const plain = (title: string, detail: string | null = null) =>
    ({ title, detail, tone: 'plain' }) as const;
  switch (e.type) {
    case 'deployment.queued':
      return plain(`${run(e.deployment)} was queued for ${e.deployment.target}`);
    case 'deployment.started':
      return plain(`${run(e.deployment)} started on ${e.deployment.target}`);
    case 'deployment.ended': {
      const { word, tone } = endings[e.status];
      const took = e.durationMs === null ? '' : ` in ${(e.durationMs / 1000).toFixed(1)} s`;
      const detail =
        e.failure?.message ??
        (tone === 'good' ? `${resultWords(e.summary) || 'done'}${took}` : null);
      return { title: `${run(e.deployment)} ${word} on ${e.deployment.target}`, detail, tone };
    }
    case 'chain.started':
      return plain(`The chain ${e.chain} started`, `port ${e.port}, block ${e.blockNumber}`);
    case 'chain.stopped':
      return plain(`The chain ${e.chain} was stopped`);
    case 'chain.ended':
      return {
        title: `The chain ${e.chain} ended without being stopped`,
        detail: e.problem,
        tone: 'bad',
      };
    case 'snapshot.taken':
      return plain(`Snapshot of ${e.chain}: ${e.snapshot.name}`, `block ${e.snapshot.blockNumber}`);
    case 'snapshot.reverted': {
      const gone = e.gone.map((d) => `${d.project} #${d.number}`).join(', ');
      return plain(`${e.chain} went to “${e.snapshot.name}”`, gone ? `reverted: ${gone}` : null);
    }
    case 'snapshot.removed':
      return plain(`The snapshot “${e.snapshot.name}” of ${e.chain} was deleted`);
    case 'origin.refused':
      return {
        title: `${e.origin} wants to call ${e.chain}`,
        detail: `It was refused. Allow it if it is a page that you use: drydock gateway allow ${e.chain} ${e.origin}`,
        tone: 'warning',
      };
    case 'nonce.mended':
      return plain(
        `The nonce of ${short(e.account)} on ${e.chain} was set to ${e.to}`,
        `Its wallet did not know of the revert, and the chain had ${e.from}.`,
      );
    case 'nonce.off':
      return {
        title: `A transaction of ${short(e.account)} waits on ${e.chain}`,
        detail: `Its wallet sent nonce ${e.sentNonce}, and the chain has ${e.chainNonce} since a revert. It has deployed here, so its nonce was left as it is: with another one, what it deploys next lands at another address.`,
        tone: 'warning',
      };
    case 'gateway.replaced':
      return {
        title: 'The gateway did not respond and was replaced',
        detail:
          'Chains were not reached through their ports for a while. They run on as they were.',
        tone: 'warning',
      };
    case 'project.added':
      return plain(`The project ${e.project.name} was added`);
    case 'project.removed':
      return plain(`The project ${e.project.name} was removed`);
    case 'network.saved':
      return plain(`The network ${e.network} was saved`);
    case 'network.removed':
      return plain(`The network ${e.network} was removed`);
    case 'settings.changed':
      return plain(`Settings were changed`, e.keys.join(', '));
  }
}

/** What can be done about an event at once, the best first. */
export function fixesOf(e: Event): Fix[] {
  switch (e.type) {
    case 'origin.refused':
      return (['allow', 'deny'] as const).map((decision) => ({
        label: decision === 'allow' ? 'Allow' : 'Deny',
        command: `drydock gateway ${decision} ${e.chain} ${e.origin}`,
        call: {
          procedure: 'gateway.decide',
          input: { chain: e.chain, origin: e.origin, decision },
        },
      }));
    case 'nonce.off':
      return [
        {
          label: `Set the nonce to ${e.sentNonce}`,
          command: `drydock gateway mend-nonce ${e.chain} ${e.account} ${e.sentNonce}`,
          call: {
            procedure: 'gateway.mendNonce',
            input: { chain: e.chain, account: e.account, nonce: e.sentNonce },
          },
        },
      ];
    default:
      return [];
  }
}

const short = (account: string): string => `${account.slice(0, 8)}…${account.slice(-4)}`;

function run(d: DeploymentRef): string {
  return `${d.project.name} #${d.number}`;
}

/** An end of a run older than this is no news any more, e.g. after the machine slept. */
const NEWS_MS = 60_000;

export interface Notice {
  title: string;
  body: string;
  deployment: number;
  succeeded: boolean;
}

/** What a user who isn't looking is notified of; null: nothing. `now`: Unix time, ms. */
export function noticeOf(e: Event, now: number): Notice | null {
  if (e.type !== 'deployment.ended' || now - e.at > NEWS_MS) return null;
  // Who cancels a run knows it.
  if (e.status === 'cancelled') return null;
  const { title, detail } = headline(e);
  const succeeded = e.status === 'succeeded';
  return { title, body: detail ?? '', deployment: e.deployment.id, succeeded };
}
