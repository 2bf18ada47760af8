import { dateTime } from '../../../shared/date-time.ts';
import { AppError } from '../../../shared/errors.ts';
import { latestBlock } from '../anvil.ts';
import { LAST_CLOCK } from '../clock.ts';
import type { SetOn } from './set-on.ts';

/** What the next block is made with; what is left out stays. */
export interface NextBlock {
  /** wei; of the next block alone, from which those after it follow. */
  baseFee?: bigint;
  gasLimit?: bigint;
  coinbase?: string;
  /** Unix time, s; of the next block alone. */
  timestamp?: number;
}

/** Times reject with BAD_INPUT when they are not after the newest block: a clock goes forward only. */
export function blockControls(set: SetOn) {
  return {
    setNextBlock: (name: string, next: NextBlock): Promise<void> =>
      set(name, async (call) => {
        const { baseFee, gasLimit, coinbase, timestamp } = next;
        if (timestamp !== undefined) {
          await assertLater(name, (await latestBlock(call)).clock, timestamp);
        }
        if (baseFee !== undefined) {
          await call('anvil_setNextBlockBaseFeePerGas', [`0x${baseFee.toString(16)}`]);
        }
        if (gasLimit !== undefined) {
          await call('evm_setBlockGasLimit', [`0x${gasLimit.toString(16)}`]);
        }
        if (coinbase !== undefined) await call('anvil_setCoinbase', [coinbase]);
        if (timestamp !== undefined) await call('evm_setNextBlockTimestamp', [timestamp]);
      }),

    /** Mines one block at exactly that time, from which the clock goes on. */
    jumpTo: (name: string, time: number): Promise<void> =>
      set(name, async (call) => {
        await assertLater(name, (await latestBlock(call)).clock, time);
        await call('evm_setTime', [time]);
        await call('evm_setNextBlockTimestamp', [time]);
        await call('evm_mine');
      }),
  };
}

async function assertLater(name: string, clock: bigint, time: number): Promise<void> {
  if (BigInt(time) > clock && BigInt(time) <= LAST_CLOCK) return;
  const newest =
    clock <= LAST_CLOCK ? `${dateTime(Number(clock) * 1000)} (${clock})` : `${clock} s`;
  throw new AppError(
    'BAD_INPUT',
    `The newest block of ${name} is of ${newest}, and time goes only forward, up to the year 9999. Give a later time, or revert to a snapshot from before.`,
    { field: 'time' },
  );
}
