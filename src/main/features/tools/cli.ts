import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { bytes, type Cli, plural, table } from '../../lib/cli/cli.ts';
import type { Toolchain, ToolDownload, tools } from './contract.ts';

const SOURCES: Record<Toolchain['installed'][number]['source'], string> = {
  settings: 'the settings',
  home: 'its installer',
  path: 'PATH',
  bundled: 'shipped with Drydock',
  downloaded: 'downloaded by Drydock',
};

export function toolCommands(program: Command, cli: Cli<ContractRouterClient<typeof tools>>): void {
  const command = program
    .command('tool')
    .description('tools that runs use, and those whose version a project can choose');

  command
    .command('list')
    .description('the versions on this machine')
    .action(() =>
      cli.answer(
        (client) => client.list(),
        (all) =>
          table(
            ['TOOL', 'VERSION', 'FROM', 'PATH'],
            all.flatMap(({ tool, installed }) =>
              installed.map(({ version, path, source, isDefault }) => [
                tool,
                isDefault ? `${version} (default)` : version,
                SOURCES[source],
                path,
              ]),
            ),
          ),
      ),
    );

  command
    .command('download')
    .description('bring the tools that the package of Drydock has left out')
    .action(() =>
      cli.answer(async (client) => {
        const stop = saying(cli, client);
        try {
          return await client.download();
        } finally {
          stop();
        }
      }, downloadText),
    );
}

type ToolsCli = Cli<ContractRouterClient<typeof tools>>;

const TELL_EVERY_MS = 1000;

/** Says how far the download is. Returns how to stop. */
function saying(cli: ToolsCli, client: ContractRouterClient<typeof tools>): () => void {
  const timer = setInterval(async () => {
    const { state, tools, received, total } = await client.downloading();
    if (state !== 'downloading') return;
    const of = total === null ? '' : ` of ${bytes(total)}`;
    cli.say(`${tools[0]}: ${bytes(received)}${of}, ${plural(tools.length, 'tool')} to go`);
  }, TELL_EVERY_MS);
  return () => clearInterval(timer);
}

const downloadText = ({ tools }: ToolDownload): string =>
  tools.length === 0 ? 'Every tool is here.' : `Still missing: ${tools.join(', ')}.`;
