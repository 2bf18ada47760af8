import type { ContractRouterClient } from '@orpc/contract';
import { InvalidArgumentError } from 'commander';
import { formatEther, formatGwei } from 'viem';
import { seconds, whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import { dateTime } from '../../../shared/date-time.ts';
import { miningWords } from '../../../shared/mining-words.ts';
import type { Chain } from '../../chains/contract.ts';
import type { contracts } from '../../contracts/contract.ts';
import type { AccountSet, chainControls } from '../contract.ts';

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
  values: string;
  set(
    clis: ControlClis,
    chain: string,
    values: readonly string[],
    options: SetOptions,
  ): Promise<void>;
}

const nextBlock = (
  name: string,
  values: string,
  inputOf: (value: string) => { baseFee: string } | { gasLimit: number } | { coinbase: string },
  say: (next: NonNullable<Chain['next']>) => string,
): Setter => ({
  ...{ name, values },
  set: ({ controls }, chain, [value]) =>
    controls.answer(
      (client) => client.nextBlock({ chain, ...inputOf(given(value, values)) }),
      (c) => (c.next ? `${c.name}: the next block has ${say(c.next)}.` : `${c.name} was set.`),
    ),
});

const account = (
  name: 'balance' | 'nonce' | 'code',
  values: string,
  say: (set: AccountSet) => string,
): Setter => ({
  ...{ name, values },
  set: ({ controls }, chain, [address, value], { snapshot }) =>
    controls.answer(
      (client) =>
        client.account({
          ...{ chain, snapshot, address: given(address, values) },
          [name]: given(value, values),
        }),
      (set) => [`${set.address} has ${say(set)}.`, ...wayBack(chain, set)].join('\n'),
    ),
});

export const setters: readonly Setter[] = [
  {
    name: 'mining',
    values: 'auto | manual | <time between blocks, e.g. 5s>',
    set({ controls }, chain, [text]) {
      const value = given(text, 'auto, manual, or a time such as 5s');
      const mining =
        value === 'auto' || value === 'manual'
          ? ({ mode: value } as const)
          : ({ mode: 'interval', seconds: seconds(value) } as const);
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
    values: '<time of the next block: Unix s, or a date>',
    set: ({ controls }, chain, [text]) => {
      const time = timeOf(given(text, 'a time'));
      return controls.answer(
        (client) => client.nextBlock({ chain, time }),
        (c) => `${c.name}: the next block is of ${dateTime(time * 1000)}.`,
      );
    },
  },
  {
    name: 'time',
    values: '<time to jump to: Unix s, or a date>',
    set: ({ controls }, chain, [text]) => {
      const time = timeOf(given(text, 'a time'));
      return controls.answer(
        (client) => client.jump({ chain, time }),
        (c) => `${c.name} is at block ${c.blockNumber}, ${dateTime(time * 1000)}.`,
      );
    },
  },
  account(
    'balance',
    '<account> <amount, e.g. 1.5ether>',
    ({ balance }) => `${formatEther(BigInt(balance))} ETH`,
  ),
  account('nonce', '<account> <nonce>', ({ nonce }) => `the nonce ${nonce}`),
  account('code', '<account> <hex>', ({ codeSize }) => `${codeSize} bytes of code`),
  {
    name: 'storage',
    values: '<contract> <variable, or slot:0x…> <value>',
    set({ contracts }, chain, [contract, variable, value], { snapshot }) {
      const about = 'a contract, a variable and a value';
      const slot = /^slot:(.+)$/.exec(given(variable, about))?.[1];
      const place = slot === undefined ? { variable } : { slot };
      return contracts.answer(
        (client) =>
          client.setStorage({
            ...{ network: chain, contract: given(contract, about), value: given(value, about) },
            ...{ ...place, snapshot },
          }),
        (set) => [`${set.name} (${set.type}) was set.`, ...wayBack(chain, set)].join('\n'),
      );
    },
  },
];

const wayBack = (chain: string, { snapshot }: Pick<AccountSet, 'snapshot'>): string[] =>
  snapshot ? [`Undo it with: drydock chain revert ${chain} ${snapshot.id}`] : [];

function given(value: string | undefined, what: string): string {
  if (value !== undefined) return value;
  throw new InvalidArgumentError(`Give ${what}.`);
}

/** Unix time, s. */
function timeOf(text: string): number {
  const time = /^\d+$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000);
  if (Number.isSafeInteger(time)) return time;
  throw new InvalidArgumentError('Give Unix time in seconds, or a date such as 2030-01-31T12:00Z.');
}
