import type { ContractRouterClient } from '@orpc/contract';
import { InvalidArgumentError } from 'commander';
import { formatEther, formatGwei } from 'viem';
import { whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import { parseDuration } from '../../../lib/parse-duration.ts';
import { isUnit } from '../../../shared/abi-value.ts';
import { dateTime } from '../../../shared/date-time.ts';
import { isDate } from '../../../shared/is-date.ts';
import { miningWords } from '../../../shared/mining-words.ts';
import type { Chain } from '../../chains/contract.ts';
import type { contracts } from '../../contracts/contract.ts';
import type { AccountSet, chainControls, MiningInput } from '../contract.ts';

export interface ControlClis {
  controls: Cli<ContractRouterClient<typeof chainControls>>;
  contracts: Cli<ContractRouterClient<typeof contracts>>;
}

export interface SetOptions {
  snapshot?: boolean;
}

/** Something that `chain set` sets. */
interface Setter {
  name: string;
  /** What comes after its name. */
  takes: readonly string[];
  /** Whether it can be gone back to before it. */
  hasSnapshot?: boolean;
  set(
    clis: ControlClis,
    chain: string,
    values: readonly string[],
    options: SetOptions,
  ): Promise<void>;
}

const nextBlock = (
  name: string,
  value: string,
  inputOf: (value: string) => { baseFee: string } | { gasLimit: number } | { coinbase: string },
  say: (next: NonNullable<Chain['next']>) => string,
): Setter => ({
  ...{ name, takes: [value] },
  set: ({ controls }, chain, [text = '']) => {
    const input = inputOf(text);
    return controls.answer(
      (client) => client.nextBlock({ chain, ...input }),
      (c) => (c.next ? `${c.name}: the next block has ${say(c.next)}.` : `${c.name} was set.`),
    );
  },
});

const account = (
  name: 'balance' | 'nonce' | 'code',
  value: string,
  say: (set: AccountSet) => string,
): Setter => ({
  ...{ name, takes: ['<account>', value], hasSnapshot: true },
  set: ({ controls }, chain, [address = '', text], { snapshot }) =>
    controls.answer(
      (client) => client.account({ chain, snapshot, address, [name]: text }),
      (set) => [`${set.address} has ${say(set)}.`, ...wayBack(chain, set)].join('\n'),
    ),
});

export const setters: readonly Setter[] = [
  {
    name: 'mining',
    takes: ['auto | manual | <time between blocks, e.g. 5s>'],
    set({ controls }, chain, [text = '']) {
      const mining = miningOf(text);
      return controls.answer(
        (client) => client.mining({ chain, ...mining }),
        (c) => `${c.name} mines ${miningWords(c.mining)}.`,
      );
    },
  },
  nextBlock(
    'base-fee',
    '<amount, e.g. 20gwei>',
    (baseFee) => ({ baseFee }),
    (next) => `a base fee of ${formatGwei(BigInt(next.baseFee))} gwei`,
  ),
  nextBlock(
    'gas-limit',
    '<gas>',
    (gas) => ({ gasLimit: whole(gas) }),
    (next) => `a gas limit of ${next.gasLimit}`,
  ),
  nextBlock(
    'coinbase',
    '<account>',
    (coinbase) => ({ coinbase }),
    (next) => `the coinbase ${next.coinbase}`,
  ),
  {
    name: 'next-time',
    takes: ['<time of the next block: Unix s, or a date>'],
    set: ({ controls }, chain, [text = '']) => {
      const time = timeOf(text);
      return controls.answer(
        (client) => client.nextBlock({ chain, time }),
        (c) => `${c.name}: the next block is of ${dateTime(time * 1000)}.`,
      );
    },
  },
  {
    name: 'time',
    takes: ['<time to jump to: Unix s, or a date>'],
    set: ({ controls }, chain, [text = '']) => {
      const time = timeOf(text);
      return controls.answer(
        (client) => client.jump({ chain, time }),
        (c) => `${c.name} is at block ${c.blockNumber}, ${dateTime(time * 1000)}.`,
      );
    },
  },
  account(
    'balance',
    '<amount, e.g. 1.5ether>',
    ({ balance }) => `${formatEther(BigInt(balance))} ETH`,
  ),
  account('nonce', '<nonce>', ({ nonce }) => `the nonce ${nonce}`),
  account('code', '<hex>', ({ codeSize }) => `${codeSize} bytes of code`),
  {
    name: 'storage',
    takes: ['<contract>', '<variable, or slot:0x…>', '<value>'],
    hasSnapshot: true,
    set({ contracts }, chain, [contract = '', variable = '', value = ''], { snapshot }) {
      const slot = /^slot:(.*)$/s.exec(variable)?.[1];
      if (slot?.trim() === '') {
        throw new InvalidArgumentError('Give the slot too, a number or hex, as in slot:0x2.');
      }
      const place = slot === undefined ? { variable } : { slot };
      return contracts.answer(
        (client) => client.setStorage({ network: chain, contract, value, ...place, snapshot }),
        (set) => [`${set.name} (${set.type}) was set.`, ...wayBack(chain, set)].join('\n'),
      );
    },
  },
];

/** What comes after the name of a setter. */
export const usageOf = ({ takes }: Setter): string => takes.join(' ');

/** An amount and its unit are one value, also when a space is between them: `1 gwei`. */
export function valuesFor(setter: Setter, chain: string, given: readonly string[]): string[] {
  const [unit = '', amount = ''] = given.toReversed();
  const isSplit =
    given.length === setter.takes.length + 1 && /^[\d.]+$/.test(amount) && isUnit(unit);
  const values = isSplit ? [...given.slice(0, -2), `${amount} ${unit}`] : [...given];
  const usage = `drydock chain set ${chain} ${setter.name} ${usageOf(setter)}`;
  if (values.length < setter.takes.length)
    throw new InvalidArgumentError(`Give ${usageOf(setter)}: ${usage}`);
  if (values.length === setter.takes.length) return values;
  const surplus = values.slice(setter.takes.length).join(' ');
  throw new InvalidArgumentError(`"${surplus}" is too much. It is: ${usage}`);
}

const wayBack = (chain: string, { snapshot }: Pick<AccountSet, 'snapshot'>): string[] =>
  snapshot ? [`Undo it with: drydock chain revert ${chain} ${snapshot.id}`] : [];

function miningOf(text: string): Omit<MiningInput, 'chain'> {
  if (text === 'auto' || text === 'manual') return { mode: text };
  const seconds = parseDuration(text);
  if (seconds !== undefined) return { mode: 'interval', seconds };
  throw new InvalidArgumentError(
    `"${text}" is no way to mine. Give auto, manual, or whole seconds between blocks, such as 5s or 1m.`,
  );
}

/** Of a date its form: others are read as something that was not meant. */
const DATE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?(Z|[+-]\d\d:\d\d)?$/;

/** Unix time, s. */
function timeOf(text: string): number {
  if (/^\d+$/.test(text)) return whole(text);
  const time = DATE.test(text) && isDate(text) ? Math.floor(Date.parse(text) / 1000) : Number.NaN;
  if (Number.isSafeInteger(time)) return time;
  throw new InvalidArgumentError(
    `"${text}" is no time. Give Unix time in seconds, or a date such as 2030-01-31T12:00Z.`,
  );
}
