import { expect, test } from 'vitest';
import { copyFixture } from '#test/harness/fixture.ts';
import { copyHardhatFixture, whyNoHardhat } from '#test/harness/hardhat-fixture.ts';
import { skipAloud } from '#test/harness/skip.ts';
import { bundledCore } from '#test/made-up/bundled-core.ts';
import { letterProject } from '#test/made-up/letter/project.ts';
import { crashTest } from './crash-test.ts';
import { foundryRounds } from './foundry.ts';
import { hardhatRounds } from './hardhat.ts';
import { processLeftovers } from './leftovers.ts';
import { letterRounds } from './letter.ts';

const engine = 'process' as const;

crashTest({ kind: 'foundry', engine, usual: 5, long: 300 }, async (home, stack) => {
  const { folder } = stack.use(await copyFixture('broken', { git: true, compiled: true }));
  return foundryRounds({ name: engine, withinMs: 900, leftovers: processLeftovers }, folder, home);
});

crashTest({ kind: 'letter', engine, usual: 3, long: 100 }, async (home, stack) => {
  const { program } = stack.use(await bundledCore());
  const { folder } = stack.use(await letterProject());
  return letterRounds(program, folder, home);
});

if (skipAloud('crashes of Hardhat', await whyNoHardhat())) {
  test.skip('hardhat: needs its packages', () => expect.unreachable());
} else {
  crashTest({ kind: 'hardhat', engine, usual: 2, long: 100 }, async (home, stack) => {
    const fixture = stack.use(await copyHardhatFixture('two-ignition'));
    return hardhatRounds(
      {
        ...{ name: engine, env: { HOME: fixture.home }, withinMs: 5000 },
        leftovers: processLeftovers,
      },
      fixture.project,
      home,
    );
  });
}
