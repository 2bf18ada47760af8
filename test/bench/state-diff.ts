import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Rpc, rpc } from '#main/eth/rpc.ts';
import { openCore } from './core.ts';
import { type Figure, plainFigure, ratioFigure } from './figure.ts';
import { fill } from './fill.ts';
import { interleave, timed } from './samples.ts';

/** Two states are compared in a thread, whose start is in it; more is hardly noticed. */
const MOST_RATIO = 6;
const MOST_PAUSE_MS = 50;
const SLOTS = 5000;
const AT = '0x00000000000000000000000000000000000000aa';

/** A difference of two states with a long history, over reading and parsing both files. */
export async function stateDiffs(rounds: number, transactions: number): Promise<Figure[]> {
  await using core = await openCore({ follow: false });
  const { client, chain, home } = core;
  const { rpcUrl } = await client.chains.start({ chain });
  const call = rpc(rpcUrl as string);
  await fill(call, transactions);
  const { id: before } = await client.chains.snapshot({ chain });
  await write(call);
  await fill(call, 100);
  const { id: after } = await client.chains.snapshot({ chain });
  const files = [before, after].map((id) =>
    path.join(home, 'chains', chain, 'snapshots', `${id}.json`),
  );
  const pieces = new Pieces();
  const compared = async () => {
    pieces.begin();
    let slots = 0;
    for await (const part of await client.stateDiff.compare({ chain, before, after })) {
      if (part.type === 'storage') slots += part.variables.length;
    }
    pieces.end();
    if (slots < SLOTS) throw new Error(`${slots} of ${SLOTS} slots were told`);
  };
  const pairs = await interleave(
    rounds,
    () => timed(compared),
    () =>
      timed(async () => {
        for (const file of files) JSON.parse(await readFile(file, 'utf8'));
      }),
  );
  const size = `${transactions.toLocaleString('en')} transactions`;
  return [
    ratioFigure(`states of ${size} compared, over reading both files`, MOST_RATIO, pairs),
    plainFigure(
      "longest piece of the core's thread meanwhile",
      pieces.longest,
      'ms',
      MOST_PAUSE_MS,
    ),
  ];
}

/** How long this thread worked without a pause, of its own time: a busy machine doesn't lengthen it. */
class Pieces {
  longest = 0;
  #timer: NodeJS.Timeout | undefined;

  begin(): void {
    let before = process.threadCpuUsage();
    this.#timer = setInterval(() => {
      const { user, system } = process.threadCpuUsage(before);
      before = process.threadCpuUsage();
      this.longest = Math.max(this.longest, (user + system) / 1000);
    }, 1);
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

async function write(call: Rpc): Promise<void> {
  await call('anvil_setCode', [AT, '0x00']);
  const word = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;
  for (let slot = 0; slot < SLOTS; slot++) {
    await call('anvil_setStorageAt', [AT, word(slot * 7), word(slot + 1)]);
  }
}
