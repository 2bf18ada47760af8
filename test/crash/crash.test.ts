import { expect, test } from 'vitest';
import { copyFixture } from '#test/harness/fixture.ts';
import { temporaryFolder } from '#test/harness/folder.ts';
import { crashRounds } from './rounds.ts';

/** 25 in a test run; `npm run crash -- --rounds 500 --seed 7` for any number. */
const rounds = Number(process.env.DRYDOCK_CRASH_ROUNDS ?? 25);
const seed = Number(process.env.DRYDOCK_CRASH_SEED ?? Date.now() % 1_000_000);

test(
  `after a kill at any instant nothing is stuck, lost or left running (seed ${seed})`,
  async () => {
    await using home = await temporaryFolder();
    await using fixture = await copyFixture('broken', { git: true });
    const seen: number[] = [];
    await crashRounds({
      home: home.path,
      project: fixture.folder,
      script: 'script/Many.s.sol',
      sig: 'run(uint256)',
      args: ['40'],
      rounds,
      seed,
      onRound: (round) => seen.push(round),
    });
    expect(seen).toHaveLength(rounds);
  },
  60_000 + rounds * 20_000,
);
