import type { Command } from 'commander';
import { refuse, whole } from '../../lib/cli/arguments.ts';
import { rotateToken, serve } from '../host/main.ts';
import type { CliRun } from './run-cli.ts';

export function hostCommands(program: Command, run: CliRun): void {
  const host = program
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
  host
    .command('rotate-token')
    .description('make a new token; pages and scripts with the old one are refused at once')
    .action(async () => {
      const { port: given, open } = host.opts<{ port?: number; open?: boolean }>();
      refuse({ '--port': given, '--open': open }, 'with rotate-token');
      try {
        const { url, port, token } = await rotateToken();
        const human = url
          ? `The old token is refused from now on. Open ${url}/?token=${token}`
          : 'There is a new token. "drydock host" prints the address that holds it.';
        process.stdout.write(`${run.json ? JSON.stringify({ url, port, token }) : human}\n`);
      } catch (error) {
        run.report(error);
      }
    });
}
