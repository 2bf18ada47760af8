import { Command, Option } from 'commander';
import { backupCommands } from '../../features/backups/cli.ts';
import { chainCommands } from '../../features/chains/cli.ts';
import { compileCacheCommands } from '../../features/compile-cache/cli.ts';
import { containerCommands } from '../../features/containers/cli.ts';
import { dataCommands } from '../../features/data/cli.ts';
import { deploymentCommands } from '../../features/deployments/cli.ts';
import { doctorCommands } from '../../features/doctor/cli.ts';
import { eventCommands } from '../../features/events/cli.ts';
import { historyCommands } from '../../features/history/cli.ts';
import { imageCommands } from '../../features/images/cli.ts';
import { networkCommands } from '../../features/networks/cli.ts';
import { projectCommands } from '../../features/projects/cli.ts';
import { settingsCommands } from '../../features/settings/cli.ts';
import { webhookCommands } from '../../features/webhooks/cli.ts';
import { whole } from '../../kit/cli-arguments.ts';
import { version } from '../../kit/version.ts';
import { serve } from '../host/main.ts';
import type { CliRun } from './run-cli.ts';

/** All commands. Errors of usage are thrown as CommanderError. */
export function createProgram(run: CliRun): Command {
  const program = new Command('drydock')
    .description('Local deployments: pick a project and a network, deploy, take it back.')
    .version(version())
    .addOption(new Option('--json', 'print one JSON document (streams: one a line) on stdout'))
    .showHelpAfterError(false)
    .configureOutput({ writeErr: () => undefined });
  doctorCommands(program, run.for('doctor'));
  projectCommands(program, run.for('projects'));
  networkCommands(program, run.for('networks'));
  chainCommands(program, run.for('chains'));
  containerCommands(program, run.for('containers'));
  deploymentCommands(program, run.for('deployments'));
  historyCommands(program, run.for('history'));
  settingsCommands(program, run.for('settings'));
  eventCommands(program, run.for('events'));
  webhookCommands(program, run.for('webhooks'));
  dataCommands(program, run.for('data'));
  backupCommands(program, run.for('backups'));
  imageCommands(program, run.for('images'));
  compileCacheCommands(program, run.for('compileCache'));
  hostCommand(program, run);
  quiet(program, run);
  return program;
}

function hostCommand(program: Command, run: CliRun): void {
  program
    .command('host')
    .description('serve the app to a browser and to scripts on this machine')
    .option('--port <port>', 'default: 8741, or any free one', whole)
    .option('--open', 'open it in the browser')
    .action(async (options: { port?: number; open?: boolean }) => {
      try {
        await serve({
          ...options,
          onReady: ({ url, port, token, address }) => {
            process.stdout.write(
              run.json ? `${JSON.stringify({ url, port, token })}\n` : `${address}\n`,
            );
          },
        });
      } catch (error) {
        run.report(error);
      }
    });
}

/** Errors are thrown and printed in one place, for every command; it learns which one it was. */
function quiet(command: Command, run: CliRun): void {
  command
    .configureOutput({ writeErr: () => undefined })
    .hook('preAction', (_, running) => {
      run.command = running;
    })
    .exitOverride((error) => {
      run.command = command;
      throw error;
    });
  for (const child of command.commands) quiet(child, run);
}
