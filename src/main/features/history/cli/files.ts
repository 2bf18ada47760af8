import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Exported, liveFormat } from '../../../families/contract.ts';
import { projectArgument, refuse, whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import { saved, savedText } from '../../../lib/cli/saved-file.ts';
import { type ExportFormat, exportFormat, type history } from '../contract.ts';

type Client = ContractRouterClient<typeof history>;

/** What can be exported of a deployment as a file. */
export function fileCommands(deployment: Command, cli: Cli<Client>): void {
  deployment
    .command('export')
    .description('one deployment, what is live on a network, or the list')
    .argument('[id]', 'as in the list; without it --live or the list as CSV', whole)
    .addOption(new Option('--format <format>').choices(exportFormat.options))
    .option('--live <network>', 'addresses of everything live there')
    .option('--out <file>', 'write a file instead of printing')
    .option('--project <project>', 'of the list: name, id or folder', projectArgument)
    .action(
      (
        id: number | undefined,
        options: { format?: ExportFormat; live?: string; out?: string; project?: string },
      ) =>
        cli.answer(
          async (client) => saved(await exported(client, id, options), options.out),
          savedText,
        ),
    );

  deployment
    .command('download')
    .description('its log as text')
    .argument('<id>', 'as in the list', whole)
    .addOption(new Option('--stream <stream>').choices(['all', 'stdout', 'stderr']).default('all'))
    .option('--timestamps', 'before each line')
    .option('--ansi', 'keep colours')
    .option('--out <file>', 'write a file instead of printing')
    .action(
      (
        id: number,
        options: {
          stream: 'all' | 'stdout' | 'stderr';
          timestamps?: boolean;
          ansi?: boolean;
          out?: string;
        },
      ) =>
        cli.answer(async (client) => {
          const { out, ...wanted } = options;
          const file = await client.log({ id, ...wanted });
          return saved({ name: file.name, type: file.type, text: await file.text() }, out);
        }, savedText),
    );
}

async function exported(
  client: Client,
  id: number | undefined,
  options: { format?: ExportFormat; live?: string; project?: string },
): Promise<Exported> {
  const { format, live, project } = options;
  if (id !== undefined) refuse({ '--live': live, '--project': project }, 'with a deployment');
  if (live !== undefined) refuse({ '--project': project }, 'with --live');
  if (id !== undefined) return client.export({ id, format: format ?? 'json' });
  if (live !== undefined) {
    const known = liveFormat.optional().safeParse(format);
    if (known.success) return client.exportLive({ network: live, format: known.data });
    throw new InvalidArgumentError(`--live goes with --format ${liveFormat.options.join(', ')}.`);
  }
  if (format !== undefined && format !== 'csv') {
    throw new InvalidArgumentError(`Give the id of a deployment, or --live, for ${format}.`);
  }
  let whole: Exported | undefined;
  for (let before: number | undefined; ; ) {
    const page = await client.exportList({ project, before, limit: 10_000 });
    whole = { ...page, text: (whole?.text ?? '') + page.text };
    if (page.next === null) return { name: whole.name, type: whole.type, text: whole.text };
    before = page.next;
  }
}
