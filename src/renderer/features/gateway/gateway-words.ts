import { statusWord } from '#main/features/chains/contract/words.ts';
import type { Chain } from '#main/features/chains/contract.ts';
import type { GatewayState } from '#main/features/gateway/contract.ts';
import type { Tone } from '../../ui/state-dot.tsx';

/** What brings a chain to where it is to be: serving it again, or starting it behind or without. */
export type Remedy = 'serve' | 'restart' | 'leave';

interface Standing {
  tone: Tone;
  word: string;
  about: string;
  remedy: Remedy | null;
}

const OPEN = 'Any web page can call this chain.';

type About = Pick<Chain, 'name' | 'status' | 'gateway' | 'behindGateway'>;

/** How a chain stands with the gateway. @param state null: not known yet */
export function standingOf(chain: About, state: GatewayState | null): Standing {
  const isWanted = chain.gateway === 'on' && state?.wanted !== false;
  const why = chain.gateway === 'off' ? 'for this chain' : 'in the settings';
  if (chain.status === 'starting' || chain.status === 'stopping') {
    const about = 'How it stands is told once that is done.';
    return { tone: 'idle', word: statusWord[chain.status], about, remedy: null };
  }
  if (chain.status === 'stopped') {
    const about = isWanted
      ? 'Pages of other sites will be refused until they are allowed.'
      : `It is switched off ${why}: any web page will be able to call this chain.`;
    return {
      tone: 'idle',
      word: `${isWanted ? 'On' : 'Off'} from its next start`,
      about,
      remedy: null,
    };
  }
  if (!chain.behindGateway) {
    return isWanted
      ? { tone: 'warn', word: 'On from its next start', about: OPEN, remedy: 'restart' }
      : { tone: 'idle', word: 'Off', about: `It is switched off ${why}. ${OPEN}`, remedy: null };
  }
  const served = state?.chains.find((one) => one.chain === chain.name);
  if (state && !served?.listening) {
    const about = served?.problem ?? state.problem ?? 'The gateway does not run.';
    return { tone: 'bad', word: 'Not served', about, remedy: 'serve' };
  }
  const about =
    'Programs, pages of this machine and extensions of browsers may call it. Pages of other sites are refused until they are allowed.';
  return isWanted
    ? { tone: 'ok', word: 'On', about, remedy: null }
    : { tone: 'ok', word: 'On, off from its next start', about, remedy: 'leave' };
}

/** Whether a chain runs otherwise than its next start would have it. @param isOn in the settings */
export const isOutOfPlace = (
  { status, gateway, behindGateway }: Omit<About, 'name'>,
  isOn: boolean,
): boolean =>
  !['starting', 'stopping', 'stopped'].includes(status) &&
  behindGateway !== (isOn && gateway === 'on');
