import { keccak256 } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#test/harness/folder.ts';
import { openDb } from '../../db/open.ts';
import { costOf } from '../../eth/signed-fees.ts';
import { projectsStore } from '../projects/store.ts';
import { guard } from '../rails/guard.ts';
import { railsStore } from '../rails/store.ts';
import { reviewsStore } from '../reviews/store.ts';
import { liveRuns } from './live-runs.ts';

const NETWORK = 'sepolia-live';

const signed = async (nonce: number, gwei: bigint) => {
  const raw = await privateKeyToAccount(generatePrivateKey()).signTransaction({
    ...{ type: 'eip1559', chainId: 5150, nonce, data: '0x00', gas: 100_000n },
    ...{ maxFeePerGas: gwei * 10n ** 9n, maxPriorityFeePerGas: 1n },
  });
  return { nonce, hash: keccak256(raw), raw };
};

test('what two processes have let pass at the same time is noted only as far as it fits', async () => {
  await using folder = await temporaryFolder();
  // Two connections, as of two cores.
  const [here, there] = [openDb(folder.path), openDb(folder.path)];
  const yard = { name: 'yard', path: '/yard', kind: 'foundry', addedAt: 0 };
  const { id: projectId } = projectsStore(here).insert(yard);
  const runsOn = (db: typeof here) => {
    const store = reviewsStore(db);
    const rails = railsStore(db);
    const noted: unknown[] = [];
    const { spentSince } = store;
    const own = guard({ rails: rails.get, spentSince, mainnet: () => null });
    const live = liveRuns({
      reviews: { store, approved: () => expect.fail(), sending: new Map() },
      takeKey: () => expect.fail(),
      rails: own,
      note: (note) => void noted.push(note),
      changed: () => undefined,
    });
    return { store, rails, guard: own, live, noted };
  };
  const [one, other] = [runsOn(here), runsOn(there)];
  const review = (sender: string) =>
    one.store.insert({
      ...{ projectId, network: NETWORK, chainId: 5150 },
      ...{ key: 'deployer', sender, input: {}, rehearsalId: null, createdAt: 0 },
    });
  const [first, second] = [review('0x01'), review('0x02')];
  const transaction = await signed(0, 10n);
  const cost = costOf(transaction.raw);
  const limited = { ...one.rails.get(NETWORK), dailyLimit: `${cost + cost / 2n}` };
  one.rails.put(limited);

  for (const { guard } of [one, other]) {
    guard.assertMaySend({ network: NETWORK, sender: null, most: cost });
  }
  one.live.noteSigned(first, transaction);
  expect(() => other.live.noteSigned(second, transaction)).toThrow(/may cost .* in 24 hours/);
  expect([other.store.signed(second), other.noted]).toEqual([[], []]);

  // What takes the place of another one adds only what it may cost more.
  const [dearer, tooDear] = [await signed(0, 12n), await signed(0, 17n)];
  one.live.noteSigned(first, dearer);
  expect(() => one.live.noteSigned(first, tooDear)).toThrow(/may cost/);
  here.close();
  there.close();
});
