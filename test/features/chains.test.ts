import { readFileSync } from 'node:fs';
import { processEngine } from '#main/engines/process/process-engine.ts';
import { allTools } from '#main/features/engines/machine.ts';
import { chainsOn } from './chains-on-engine.ts';

chainsOn({
  name: 'process',
  open: async (home) => ({
    engine: processEngine({ tools: allTools, home, path: '' }),
    [Symbol.asyncDispose]: async () => undefined,
  }),
  kill: async ({ pid }) => void process.kill(pid as number, 'SIGKILL'),
  freeze: async ({ pid }) => void process.kill(pid as number, 'SIGSTOP'),
  thaw: async ({ pid }) => void process.kill(pid as number, 'SIGCONT'),
  frozen: 'unresponsive',
  visible: async ({ pid }) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
  holder: ({ pid }) => new RegExp(`process ${pid} \\(anvil\\)`),
});
