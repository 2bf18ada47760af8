import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseTransaction, recoverTransactionAddress } from 'viem';
import { expect, vi } from 'vitest';
import { JOB_VARIABLE } from '#main/engines/docker/job-script.ts';
import type { ReviewDetail } from '#main/features/reviews/contract.ts';
import { isFinal } from '#main/shared/final.ts';
import { randomOf } from '#test/crash/random.ts';
import type { Client } from './doors.ts';
import { type HostProcess, startHostProcess } from './host-process.ts';
import type { LiveNetwork } from './live-network.ts';

/** Beyond any step of a review or a run here. */
const PATIENT = { timeout: 240_000, interval: 20 };

export interface LiveKills {
  home: string;
  live: LiveNetwork;
  network: string;
  project: number;
  key: string;
  /** Address of the key. */
  sender: string;
  input: Record<string, unknown>;
  /** Called before each review: what would keep the tool from sending anything. */
  forget(): Promise<void>;
  rounds: number;
  seed: number;
}

/**
 * Approves reviews one after the other, kills the core at any instant of each, and goes on with what
 * it has left. Asserts after each that the network has got what was reviewed, all of it and none of
 * it twice, and that nothing is left running. Returns how many reviews were sent.
 */
export async function liveKillRounds(asked: LiveKills): Promise<number> {
  const { home, live, sender, rounds } = asked;
  const next = randomOf(asked.seed);
  let host = await startHostProcess(home);
  let usual = 2000;
  let done = 0;
  try {
    for (; done < rounds; done += 1) {
      await asked.forget();
      const review = await reviewed(host.client, asked);
      const before = live.arrived.length;
      const began = Date.now();
      let kills = 0;
      await host.client.reviews.approve({ id: review.id });
      for (;;) {
        if (kills < 2 && next() < 0.8) {
          kills += 1;
          await sleep(next() * usual * 1.2);
          await host.kill();
          host = await startHostProcess(home);
        }
        const status = await ended(host.client, review.id);
        if (status === 'done') break;
        await host.client.reviews.approve({ id: review.id });
      }
      if (kills === 0) usual = Date.now() - began;
      await expectSent(asked, review, live.arrived.slice(before));
      const run = (await host.client.reviews.get({ id: review.id })).run as number;
      expect(await host.client.deployments.get({ id: run })).toMatchObject({ status: 'succeeded' });
      await vi.waitUntil(() => leftovers(home, host).length === 0, PATIENT);
    }
    expect(Number(await live.chain.rpc('eth_getTransactionCount', sender, 'latest'))).toBe(
      new Set(live.arrived).size,
    );
  } finally {
    await host.stop();
  }
  return done;
}

async function reviewed(
  client: Client,
  { project, network, key, input }: LiveKills,
): Promise<ReviewDetail> {
  const { id } = await client.reviews.rehearse({
    ...{ project, target: network, input: { ...input, key } },
  });
  const now = () => client.reviews.get({ id });
  await vi.waitUntil(async () => (await now()).status !== 'rehearsing', PATIENT);
  const review = await now();
  expect(review).toMatchObject({ status: 'open', problem: null });
  return review;
}

/** Status of a review once its run, if it has one, is over. */
async function ended(client: Client, id: number): Promise<ReviewDetail['status']> {
  const now = () => client.reviews.get({ id });
  await vi.waitUntil(async () => {
    const { run } = await now();
    return run === null || isFinal((await client.deployments.get({ id: run })).status);
  }, PATIENT);
  return (await now()).status;
}

/** What has arrived is what was reviewed: each nonce once, however often it came. */
async function expectSent(
  { live, sender }: LiveKills,
  { certificate }: ReviewDetail,
  arrived: readonly string[],
): Promise<void> {
  const raws = [...new Set(arrived)] as `0x02${string}`[];
  const sent = await Promise.all(
    raws.map(async (raw) => {
      const { nonce = 0, data, to } = parseTransaction(raw);
      const from = await recoverTransactionAddress({ serializedTransaction: raw });
      return { nonce, data: data ?? '0x', to: to?.toLowerCase() ?? null, from };
    }),
  );
  const planned = (certificate?.transactions ?? []).map(({ nonce, data, to }) => ({
    ...{ nonce, data, to: to?.toLowerCase() ?? null, from: sender },
  }));
  expect(sent.toSorted((a, b) => a.nonce - b.nonce)).toEqual(planned);
  const last = planned.at(-1)?.nonce ?? -1;
  expect(Number(await live.chain.rpc('eth_getTransactionCount', sender, 'latest'))).toBe(last + 1);
}

/** Tools, and processes that hold a key, whose core is not this one. */
function leftovers(home: string, { child }: HostProcess): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const variables = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
      if (!variables.includes(`DRYDOCK_HOME=${home}`)) return false;
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
      const isKey = readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('signer');
      const isJob = variables.some((one) => one.startsWith(`${JOB_VARIABLE}=`));
      return isJob || (isKey && Number(parent) !== child.pid);
    } catch {
      return false;
    }
  });
}
