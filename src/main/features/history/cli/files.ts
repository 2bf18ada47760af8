import type { ContractRouterClient } from '@orpc/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Exported, liveFormat } from '../../../families/contract.ts';
import { numbers, projectArgument, refuse, whole } from '../../../lib/cli/arguments.ts';
import type { Cli } from '../../../lib/cli/cli.ts';
import { saved, savedText } from '../../../lib/cli/saved-file.ts';
import { oneList } from '../contract/one-list.ts';
import { type ExportFormat, exportFormat, type history } from '../contract.ts';

type Client = ContractRouterClient<typeof history>;

/** What can be exported of a deployment as a file. */
export function fileCommands(deployment: Command, cli: Cli<Client>): void {
  deployment
    .command('export')
    .description('one deployment, what is live on a network, or the list')
    .argument(
      '[ids]',
      'as in the list, several with commas, as JSON; without it --live or the list as CSV',
      numbers,
    )
    .addOption(new Option('--format <format>').choices(exportFormat.options))
    .option('--live <network>', 'addresses of everything live there')
    .option('--out <file>', 'write a file instead of printing')
    .option('--project <project>', 'of the list: name, id or folder', projectArgument)
    .action(
      (
        ids: number[] = [],
        options: { format?: ExportFormat; live?: string; out?: string; project?: string } = {},
      ) =>
        cli.answer(
          async (client) => saved(await exported(client, ids, options), options.out),
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

async function several(
  client: Client,
  ids: readonly number[],
  format: ExportFormat | undefined,
): Promise<Exported> {
  if (format !== undefined && format !== 'json') {
    throw new InvalidArgumentError(`Several deployments go with --format json, not ${format}.`);
  }
  const files: Exported[] = [];
  for (const id of ids) files.push(await client.export({ id, format: 'json' }));
  return oneList(files);
}

async function exported(
  client: Client,
  ids: readonly number[],
  options: { format?: ExportFormat; live?: string; project?: string },
): Promise<Exported> {
  const { format, live, project } = options;
  const [id] = ids;
  if (id !== undefined) refuse({ '--live': live, '--project': project }, 'with a deployment');
  if (live !== undefined) refuse({ '--project': project }, 'with --live');
  if (ids.length > 1) return several(client, ids, format);
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
