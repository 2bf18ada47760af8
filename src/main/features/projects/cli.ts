import type { ContractRouterClient } from '@orpc/contract';
import { Argument, type Command, Option } from 'commander';
import {
  collect,
  folderArgument,
  needed,
  projectArgument,
  refuse,
} from '../../lib/cli/arguments.ts';
import { type Cli, facts, plain, table, time } from '../../lib/cli/cli.ts';
import { askingForTrust, trustOption } from '../../lib/cli/trust-prompt.ts';
import type { Candidate, KindInput } from '../../shared/kind.ts';
import { type LabelColor, labelColor } from '../address-book/contract.ts';
import { choiceLines, nothingToChoose } from './choice-lines.ts';
import type {
  MissingLibraries,
  Project,
  projects,
  ToolVersion,
  TrustedFolder,
} from './contract.ts';

type Client = ContractRouterClient<typeof projects>;

export function projectCommands(program: Command, cli: Cli<Client>): void {
  const project = program.command('project').description('projects: folders to deploy from');

  project
    .command('add')
    .description('add a folder')
    .argument('<folder>', undefined, folderArgument)
    .option('--name <name>', "name to show; default: the folder's")
    .option('--kind <kind>', 'what it is deployed as, where several fit')
    .action((folder: string, { name, kind }: { name?: string; kind?: string }) => {
      let known: number[] = [];
      return cli.answer(
        async (client) => {
          known = (await client.list()).map(({ id }) => id);
          return client.add({ path: folder, name, kind });
        },
        (p) =>
          known.includes(p.id)
            ? `${p.path} is there already, as ${p.name}.`
            : `Added ${p.name} (${p.kind}) at ${p.path}`,
      );
    });

  project
    .command('detect')
    .description('what a folder and those below it can be deployed as, and why; runs none of it')
    .argument('<folder>', undefined, folderArgument)
    .action((folder: string) =>
      cli.answer((client) => client.detect({ path: folder }), candidatesText),
    );

  project
    .command('list')
    .description('all projects')
    .action(() =>
      cli.answer(
        (client) => client.list(),
        (all) =>
          all.length === 0
            ? 'No projects yet. Add one with "drydock project add <folder>".'
            : listText(all),
      ),
    );

  project
    .command('show')
    .description('one project with what it offers and its git state')
    .argument('<project>', 'name, id or folder', projectArgument)
    .action((ref: string) => {
      let inputs: readonly KindInput[] = [];
      return cli.answer(
        async (client) => {
          const found = await client.get({ project: ref });
          inputs = await inputsOf(client, found);
          const git = await client.git({ project: found.id });
          const choices = found.missing
            ? { entries: [] }
            : await client.choices({ project: found.id });
          return { ...found, git, choices };
        },
        (p) =>
          [
            facts([
              ['name', p.name],
              ['id', p.id],
              ['kind', p.kind],
              ['engine', p.engine],
              ['dockerfile', p.dockerfile],
              ...Object.entries(p.toolVersions),
              ['trusted', p.trustedBy ?? 'not yet: its first deploy asks'],
              ['folder', p.missing ? `${p.path} (missing)` : p.path],
              ['branch', p.git?.branch],
              [
                'commit',
                p.git?.commit &&
                  `${p.git.commit.slice(0, 7)}${p.git.dirty ? ` +${p.git.dirty}` : ''}`,
              ],
            ]),
            ...choiceLines(p.choices, inputs),
          ].join('\n'),
      );
    });

  project
    .command('scripts')
    .description('what can be deployed, and what was left out and why')
    .argument('<project>', 'name, id or folder', projectArgument)
    .action((ref: string) => {
      let inputs: readonly KindInput[] = [];
      return cli.answer(
        async (client) => {
          inputs = await inputsOf(client, await client.get({ project: ref }));
          return client.choices({ project: ref });
        },
        (choices) => choiceLines(choices, inputs).join('\n') || nothingToChoose(inputs),
      );
    });

  project
    .command('edit')
    .description('rename it, or change its colour or its group in lists; the folder is left alone')
    .argument('<project>', 'name, id or folder', projectArgument)
    .option('--name <name>', 'how it is called from now on')
    .addOption(
      new Option('--color <color>', 'its dot in lists').choices([...labelColor.options, 'none']),
    )
    .option('--group <group>', 'the heading that it stands under; "" for none')
    .action((ref: string, { name, color, group }: EditOptions) => {
      needed(name ?? color ?? group, '--name, --color or --group');
      return cli.answer(
        (client) =>
          client.edit({
            ...{ project: ref, name, group },
            color: color === 'none' ? null : color,
          }),
        (p) =>
          facts([
            ['name', p.name],
            ['colour', p.color ?? 'none'],
            ['group', p.group || 'none'],
          ]),
      );
    });

  project
    .command('move')
    .description('change its place in lists')
    .argument('<project>', 'name, id or folder', projectArgument)
    .addOption(
      new Option('--before <project>', 'that one, into its group')
        .argParser(projectArgument)
        .conflicts('last'),
    )
    .option('--last', 'behind all others')
    .action((ref: string, { before, last }: { before?: string; last?: true }) => {
      needed(before ?? last, '--before <project> or --last');
      return cli.answer(
        (client) => client.move({ project: ref, before: before ?? null }),
        listText,
      );
    });

  project
    .command('engine')
    .description('show or choose where its deployments run')
    .argument('<project>', 'name, id or folder', projectArgument)
    .addArgument(
      new Argument('[engine]', 'auto: as the settings say').choices(['docker', 'process', 'auto']),
    )
    .action((ref: string, engine?: 'docker' | 'process' | 'auto') =>
      cli.answer(
        (client) =>
          engine === undefined
            ? client.get({ project: ref })
            : client.setEngine({ project: ref, engine: engine === 'auto' ? null : engine }),
        (p) => `${p.name} runs ${runsOn(p.engine)}.`,
      ),
    );

  project
    .command('dockerfile')
    .description('show or choose the Dockerfile of the image that it runs in')
    .argument('<project>', 'name, id or folder', projectArgument)
    .argument('[path]', "within the project's folder")
    .option('--none', "go back to Drydock's own image")
    .action((ref: string, file: string | undefined, { none }: { none?: true }) => {
      if (file !== undefined) refuse({ '--none': none }, 'with a path');
      return cli.answer(
        (client) =>
          file === undefined && !none
            ? client.get({ project: ref })
            : client.setDockerfile({ project: ref, dockerfile: none ? null : (file ?? null) }),
        (p) =>
          p.dockerfile
            ? `${p.name} runs in an image from its ${p.dockerfile}`
            : `${p.name} runs in Drydock's own image`,
      );
    });

  project
    .command('tool-version')
    .description('show or choose the versions of tools that its runs use')
    .argument('<project>', 'name, id or folder', projectArgument)
    .argument('[tool=version]', 'exact; tool=auto: as its folder says')
    .action((ref: string, wanted?: string) =>
      cli.answer(async (client) => {
        if (wanted !== undefined) await client.setToolVersion({ project: ref, ...choice(wanted) });
        return client.toolVersions({ project: ref });
      }, toolVersionLines),
    );

  project
    .command('trust')
    .description('allow its code to run, or that of every project in a folder')
    .argument('[project]', 'name, id or folder', projectArgument)
    .option('--parent <folder>', 'trust everything in it, now and later', folderArgument)
    .action((given: string | undefined, { parent }: { parent?: string }) => {
      const ref = projectOr(given, parent);
      return parent === undefined
        ? cli.answer(
            (client) => client.trust({ project: needed(ref, whichToTrust('trust')) }),
            (p) => `Trusted ${p.trustedBy}: deploys of ${p.name} run its code from now on.`,
          )
        : cli.answer(
            (client) => client.trustParent({ path: parent }),
            (f) => `Trusted ${f.path} with everything in it, now and later.`,
          );
    });

  project
    .command('untrust')
    .description('ask again before its code runs')
    .argument('[project]', 'name, id or folder', projectArgument)
    .option('--parent <folder>', 'a folder that was trusted as a whole', folderArgument)
    .action((given: string | undefined, { parent }: { parent?: string }) => {
      const ref = projectOr(given, parent);
      return parent === undefined
        ? cli.answer(
            (client) => client.untrust({ project: needed(ref, whichToTrust('untrust')) }),
            (p) => `${p.name} is trusted no more.`,
          )
        : cli.answer((client) => client.untrustParent({ path: parent }), trustedTable);
    });

  project
    .command('trusted')
    .description('folders whose code may be run')
    .action(() => cli.answer((client) => client.trusted(), trustedTable));

  project
    .command('install')
    .description('install its missing libraries, with the output on stderr')
    .argument('<project>', 'name, id or folder', projectArgument)
    .option('--with <tool>', 'only with this tool, e.g. npm')
    .option('--import <path>', 'one that was not found; once for each', collect)
    .addOption(
      new Option('--dry-run', 'only show what is missing, and what would install it').conflicts([
        'with',
        'import',
        'trust',
      ]),
    )
    .option(...trustOption)
    .action((ref: string, { dryRun, ...options }: InstallOptions) =>
      dryRun
        ? cli.answer((client) => client.libraries({ project: ref }), missing)
        : cli.answer(
            (client) => install(client, cli, ref, options),
            ({ steps }) => (steps.length > 0 ? missing({ steps }) : 'Nothing is missing any more.'),
          ),
    );

  project
    .command('remove')
    .description('forget a project and its history; the folder is left alone')
    .argument('<project>', 'name, id or folder', projectArgument)
    .action((ref: string) =>
      cli.answer(
        (client) => client.remove({ project: ref }),
        (p) => `Removed ${p.name}. Its folder ${p.path} was left alone.`,
      ),
    );
}

interface EditOptions {
  name?: string;
  color?: LabelColor | 'none';
  group?: string;
}

function listText(all: readonly Project[]): string {
  const isGrouped = all.some(({ group }) => group !== '');
  return table(
    ['ID', 'NAME', 'KIND', ...(isGrouped ? ['GROUP'] : []), 'FOLDER'],
    all.map((p) => [
      ...[p.id, p.name, p.kind, ...(isGrouped ? [p.group] : [])],
      p.missing ? `${p.path} (missing)` : p.path,
    ]),
  );
}

/** `tool=1.2.3`, or `tool=auto`. */
function choice(typed: string): { tool: string; version: string | null } {
  const [, tool, version] = needed(/^([^=]+)=(.+)$/.exec(typed) ?? undefined, 'tool=version');
  return { tool: tool ?? '', version: version === 'auto' ? null : (version ?? '') };
}

const toolVersionLines = (versions: ToolVersion[]): string =>
  versions
    .flatMap(({ label, chosen, asked, ignored }) => [
      chosen !== null
        ? `${label} ${chosen}, as was chosen${asked && asked.version !== chosen ? `; ${asked.source} asks for ${asked.version}` : ''}.`
        : asked
          ? `${label} ${asked.version}, as ${asked.source} asks.`
          : `${label} in its default version.`,
      ...ignored,
    ])
    .join('\n') || 'It has no tool whose version can be chosen.';

/** What its kind asks for. */
async function inputsOf(client: Client, { kind }: Project): Promise<readonly KindInput[]> {
  return (await client.kinds()).find(({ id }) => id === kind)?.inputs ?? [];
}

interface InstallOptions {
  with?: string;
  import?: string[];
  trust?: boolean;
  dryRun?: boolean;
}

/**
 * Prints the output as it arrives; Ctrl-C stops the installation. Returns what is still missing.
 */
async function install(
  client: Client,
  cli: Cli<Client>,
  project: string,
  options: InstallOptions,
): Promise<MissingLibraries> {
  const { with: tool, import: imports, trust: given } = options;
  const { signal } = cli;
  const output = await askingForTrust(cli, given, (trust) =>
    client.install({ project, with: tool, imports, trust }, { signal }),
  );
  for await (const lines of output) for (const { text } of lines) cli.say(plain(text));
  return client.libraries({ project });
}

const missing = ({ steps }: Pick<MissingLibraries, 'steps'>): string =>
  steps.length === 0
    ? 'Nothing that it lists is missing.'
    : steps.map(({ why, command, folder }) => `${why}\n  ${command}  (in ${folder})`).join('\n');

/** One project, or a folder of them. */
function projectOr(ref: string | undefined, parent: string | undefined): string | undefined {
  if (ref !== undefined) refuse({ '--parent': parent }, 'with a project');
  return ref;
}

const whichToTrust = (command: string) =>
  `a project, or a folder with all that lies in it: drydock project ${command} --parent ~/code`;

const trustedTable = (folders: TrustedFolder[]): string =>
  folders.length === 0
    ? 'No folder is trusted. The first deploy of a project asks.'
    : table(
        ['FOLDER', 'TRUSTED', 'SINCE', 'PROJECTS'],
        folders.map(({ path, kind, trustedAt, projects }) => [
          path,
          kind === 'parent' ? 'with everything in it' : 'until its last project is removed',
          time(trustedAt),
          projects.join(', '),
        ]),
      );

const candidatesText = ({ candidates }: { candidates: Candidate[] }): string =>
  candidates
    .map(({ kind, label, path, evidence, problems }) =>
      [
        `${path}: ${label} (--kind ${kind})`,
        ...evidence.map((line) => `  ${line}`),
        ...problems.map((line) => `  In the way: ${line}`),
      ].join('\n'),
    )
    .join('\n') || 'Nothing in there, or one or two levels below, looks like a project.';

function runsOn(engine: Project['engine']): string {
  if (engine === null) return 'where the settings say';
  return engine === 'docker' ? 'in Docker' : 'without Docker';
}
