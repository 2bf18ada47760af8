import { ChainFolder, isWhole } from '#main/features/chains/folder.ts';
import { processes } from '#main/lib/processes/processes.ts';
import type { HostProcess } from '#test/harness/host-process.ts';

/** Every snapshot that is listed as saved is, and one can go to the first, the last and back. */
export async function checkSnapshots({ client }: HostProcess, home: string): Promise<void> {
  const { chains } = client;
  const chain = 'local';
  const folder = new ChainFolder(home, chain, await processes.own());
  const snapshots = await chains.snapshots({ chain });
  for (const { id, name, durable } of snapshots) {
    if (durable && !(await isWhole(folder.snapshot(id)))) throw new Error(`"${name}" is damaged`);
  }
  // One that says that it is in memory only goes with the chain's next restart.
  const saved = snapshots.filter(({ durable }) => durable);
  const ends = [saved.at(0), saved.at(-1), saved.at(0)];
  if ((await chains.get({ chain })).status !== 'running') await chains.start({ chain });
  for (const snapshot of ends) {
    if (!snapshot) continue;
    await chains.revert({ chain, snapshot: snapshot.id });
    const { blockNumber } = await chains.get({ chain });
    if (blockNumber !== snapshot.blockNumber) {
      throw new Error(`block ${blockNumber} after a revert to ${JSON.stringify(snapshot)}`);
    }
  }
  await chains.stop({ chain });
  const { blockNumber } = await chains.start({ chain });
  if (ends[0] && blockNumber !== ends[0].blockNumber) {
    throw new Error(`block ${blockNumber} after a restart at block ${ends[0].blockNumber}`);
  }
}
