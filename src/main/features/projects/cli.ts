import type { ContractRouterClient } from '@orpc/contract';
import { Argument, type Command } from 'commander';
import { type Cli, facts, table } from '../../kit/cli.ts';
import type { Project, projects } from './contract.ts';

type Client = ContractRouterClient<typeof projects>;

export function projectCommands(program: Command, cli: Cli<Client>): void {
  const project = program.command('project').description('projects: folders to deploy from');

  project
    .command('add')
    .description('add a folder')
    .argument('<folder>')
    .option('--name <name>', "name to show; default: the folder's")
    .action((folder: string, { name }: { name?: string }) => {
      let known: number[] = [];
      return cli.answer(
        async (client) => {
          known = (await client.list()).map(({ id }) => id);
          return client.add({ path: folder, name });
        },
        (p) =>
          known.includes(p.id)
            ? `${p.path} is there already, as ${p.name}.`
            : `Added ${p.name} (${p.kind}) at ${p.path}`,
      );
    });

  project
    .command('list')
    .description('all projects')
    .action(() =>
      cli.answer(
        (client) => client.list(),
        (all) =>
          all.length === 0
            ? 'No projects yet. Add one with "drydock project add <folder>".'
            : table(
                ['ID', 'NAME', 'KIND', 'FOLDER'],
                all.map((p) => [p.id, p.name, p.kind, p.missing ? `${p.path} (missing)` : p.path]),
              ),
      ),
    );

  project
    .command('show')
    .description('one project with its scripts and git state')
    .argument('<project>', 'name, id or folder')
    .action((ref: string) =>
      cli.answer(
        async (client) => {
          const found = await client.get({ project: ref });
          const git = await client.git({ project: found.id });
          const scripts = found.missing ? [] : await client.scripts({ project: found.id });
          return { ...found, git, scripts };
        },
        (p) =>
          [
            facts([
              ['name', p.name],
              ['id', p.id],
              ['kind', p.kind],
              ['engine', p.engine],
              ['dockerfile', p.dockerfile],
              ['folder', p.missing ? `${p.path} (missing)` : p.path],
              ['branch', p.git?.branch],
              [
                'commit',
                p.git?.commit &&
                  `${p.git.commit.slice(0, 7)}${p.git.dirty ? ` +${p.git.dirty}` : ''}`,
              ],
            ]),
            ...p.scripts.map((s) =>
              s.problem
                ? `${s.file}: ${s.problem}`
                : s.contracts
                    .map(
                      (c) =>
                        `${s.file}:${c.name}  ${c.functions.map((f) => f.signature).join(' ')}`,
                    )
                    .join('\n'),
            ),
          ].join('\n'),
      ),
    );

  project
    .command('engine')
    .description('show or choose where its deployments run')
    .argument('<project>', 'name, id or folder')
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
    .argument('<project>', 'name, id or folder')
    .argument('[path]', "within the project's folder")
    .option('--none', "go back to Drydock's own image")
    .action((ref: string, file: string | undefined, { none }: { none?: true }) =>
      cli.answer(
        (client) =>
          file === undefined && !none
            ? client.get({ project: ref })
            : client.setDockerfile({ project: ref, dockerfile: none ? null : (file ?? null) }),
        (p) =>
          p.dockerfile
            ? `${p.name} runs in an image from its ${p.dockerfile}`
            : `${p.name} runs in Drydock's own image`,
      ),
    );

  project
    .command('remove')
    .description('forget a project and its history; the folder is left alone')
    .argument('<project>', 'name, id or folder')
    .action((ref: string) =>
      cli.answer(
        (client) => client.remove({ project: ref }),
        (p) => `Removed ${p.name}. Its folder ${p.path} was left alone.`,
      ),
    );
}

function runsOn(engine: Project['engine']): string {
  if (engine === null) return 'where the settings say';
  return engine === 'docker' ? 'in Docker' : 'without Docker';
}
