import type { ContractRouterClient } from '@orpc/contract';
import { type Command, Option } from 'commander';
import { projectArgument } from '../../lib/cli/arguments.ts';
import { bytes, type Cli, facts, plural, table, time } from '../../lib/cli/cli.ts';
import { askingForTrust, trustOption } from '../../lib/cli/trust-prompt.ts';
import type { Image, ImagesStatus, images, Removal } from './contract.ts';

interface BuildOptions {
  project?: string;
  kind?: string;
  fresh?: boolean;
  trust?: boolean;
}

export function imageCommands(
  program: Command,
  cli: Cli<ContractRouterClient<typeof images>>,
): void {
  const image = program.command('image').description('images of runs in Docker');

  image
    .command('list')
    .description('all of them, their use, and what can be freed')
    .action(() => cli.answer((client) => client.status(), show));

  image
    .command('build')
    .description('build one now, with its output on stderr')
    .option('--project <project>', 'of a project with a Dockerfile of its own', projectArgument)
    .addOption(
      new Option('--kind <kind>', 'of a standard image; default: the first one').conflicts(
        'project',
      ),
    )
    .option('--fresh', 'use no step of an earlier build')
    .option(...trustOption)
    .action(({ trust: given, ...options }: BuildOptions) =>
      cli.answer(async (client) => {
        const { signal } = cli;
        const build = await askingForTrust(cli, given, (trust) =>
          client.build({ ...options, trust }, { signal }),
        );
        for await (const lines of build) {
          for (const { text } of lines) cli.say(text);
        }
        return client.status();
      }, show),
    );

  image
    .command('remove')
    .description('remove one that no container uses')
    .argument('<image>', 'its tag')
    .action((tag: string) => cli.answer((client) => client.remove({ image: tag }), showRemoval));

  image
    .command('clear')
    .description('remove all that no container uses, with their hits and misses')
    .action(() => cli.answer((client) => client.clear(), showRemoval));

  image
    .command('cleanup')
    .description('remove those that were not used for long, as happens every hour')
    .action(() => cli.answer((client) => client.cleanUp(), showRemoval));
}

function show({ images, problem, bytes: all, freeableBytes, cache }: ImagesStatus): string {
  const rows = images.map((one) => [
    one.tag,
    state(one),
    one.present ? bytes(one.bytes) : null,
    one.hits,
    one.misses,
    time(one.lastUsedAt),
    one.usedBy.map(({ name }) => name).join(', ') || null,
  ]);
  const { hits, misses } = cache;
  return [
    table(['IMAGE', 'STATE', 'SIZE', 'HITS', 'MISSES', 'LAST USED', 'USED BY'], rows),
    '',
    facts([
      ['size', `${bytes(all)}, ${bytes(freeableBytes)} can be freed`],
      ['cache', `${plural(hits, 'hit')}, ${misses} built, ${cache.backend}`],
      ['redis', cache.problem ?? cache.url],
      ['docker', problem],
    ]),
  ].join('\n');
}

const state = ({ current, present }: Image) =>
  present ? (current ? 'current' : 'outdated') : 'not built';

const showRemoval = ({ removed, freedBytes, kept }: Removal) =>
  [
    removed.length === 0
      ? 'Nothing was removed.'
      : `Removed ${plural(removed.length, 'image')}, ${bytes(freedBytes)} freed.`,
    ...kept.map(({ tag, reason }) => `Kept ${tag}: it is needed ${reason}.`),
  ].join('\n');
