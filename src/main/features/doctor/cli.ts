import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { type Cli, time } from '../../lib/cli/cli.ts';
import { colors } from '../../lib/cli/colors.ts';
import type { doctor } from './contract.ts';

const marks = {
  ok: colors.green('✓'),
  absent: colors.dim('–'),
  warning: colors.yellow('!'),
  error: colors.red('✗'),
};

export function doctorCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof doctor>>,
): void {
  program
    .command('doctor')
    .description('what this machine has and lacks')
    .action(() =>
      cli.answer(
        async (client) => {
          const report = await client.run();
          if (report.status === 'error') cli.fail();
          return { ...report, repairs: await client.repairs({ limit: 10 }) };
        },
        ({ checks, repairs }) =>
          [
            ...checks.map((c) => {
              const line = `${marks[c.status]} ${c.title}: ${c.detail}`;
              return c.remedy ? `${line}\n  → ${c.remedy}` : line;
            }),
            ...(repairs.length > 0 ? ['', 'Repaired lately:'] : []),
            ...repairs.map((r) => `  ${time(r.at)}  ${r.text}`),
          ].join('\n'),
      ),
    );
}
