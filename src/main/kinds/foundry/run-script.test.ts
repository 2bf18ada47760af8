import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Exit } from '../../engines/engine.ts';
import type { ChainTarget } from '../../targets/chain/chain-target.ts';
import type { ExecOptions, RunContext } from '../kind.ts';
import type { Plan } from './deploy-plan.ts';
import type { FoundryRun } from './normalize.ts';
import { phaseReader } from './phase-of.ts';
import { runScript } from './run-script.ts';

const LINES = ['No files changed, compilation skipped', 'Script ran successfully.'];

test('a compile that was skipped is told so, however late the line that says it arrives', async () => {
  const begun: unknown[][] = [];
  let readings = 0;
  const plan: Partial<Plan> = {
    ...{ rehearsal: null, display: '', secrets: [], notes: [] },
    command: { program: 'forge', args: [], env: {}, cwd: '/' },
    phaseOf: phaseReader(),
    warningOf: () => undefined,
    progress: () => {
      readings++;
      return [];
    },
    outcome: async () => null,
    ended: () => undefined,
  };
  const context: Partial<RunContext<FoundryRun, ChainTarget>> = {
    input: { script: 'script/A.s.sol:A', sig: 'run()', args: [] } as unknown as FoundryRun,
    environment: { variables: {}, secretNames: [], secrets: [] },
    project: { path: '/' } as RunContext<FoundryRun, ChainTarget>['project'],
    target: {
      chainId: 31337,
      sender: null,
      takenBack: () => '',
      developmentKey: () => null,
    } as unknown as ChainTarget,
    workspace: { toolVersion: async () => '1.7.0' } as unknown as RunContext<
      FoundryRun,
      ChainTarget
    >['workspace'],
    prepared: Promise.resolve(),
    signal: new AbortController().signal,
    ...{ hide: () => undefined, note: () => undefined, command: () => undefined },
    ...{ warn: () => undefined, publish: () => undefined, afterwards: () => undefined },
    stopped: () => null,
    phase: (...args) => void begun.push(args),
    currentPhase: () => `${begun.at(-1)?.[0]}`,
    // As a busy daemon does: what forge writes to its file is there before what it says.
    async exec(_, { onLine = () => undefined }: ExecOptions = {}) {
      while (readings < 2) await sleep(10);
      for (const line of LINES) onLine(line, 'stdout');
      while (readings < 4) await sleep(10);
      return { exit: { code: 0, signal: null } as Exit } as Awaited<
        ReturnType<RunContext<FoundryRun, ChainTarget>['exec']>
      >;
    },
  };
  await runScript(context as RunContext<FoundryRun, ChainTarget>, async () => plan as Plan);
  expect(begun.filter(([id], index) => begun[index - 1]?.[0] !== id)).toEqual([
    ['prepare'],
    ['compile'],
    ['simulate', 'skipped'],
    ['broadcast'],
    ['record'],
  ]);
});
