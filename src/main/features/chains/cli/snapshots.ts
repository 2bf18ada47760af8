import type { ContractRouterClient } from '@orpc/contract';
import type { Command } from 'commander';
import { once } from '../../../lib/cli/arguments.ts';
import { type Cli, table, time } from '../../../lib/cli/cli.ts';
import type { chains, Snapshot } from '../contract.ts';

const names = (deployments: Snapshot['deployments']) =>
  deployments.map((d) => `${d.project} #${d.number}`).join(', ') || null;

/** As far as a table has room for it. */
function oneLine(note: string): string | null {
  const line = note.replace(/\s+/g, ' ');
  return (line.length > 60 ? `${line.slice(0, 59)}…` : line) || null;
}

function described({ chain, name, id, automatic, pinned, note }: Snapshot): string {
  const parts = [
    `Snapshot "${name}" of ${chain} (id ${id})`,
    automatic && 'automatic',
    pinned && 'pinned',
    note && `note: ${note}`,
  ];
  return parts.filter(Boolean).join('; ');
}

/**
 * Snapshots of a chain, and going to them.
 *
 * @param on adds a command that takes the name of a chain first
 */
export function snapshotCommands(
  on: (name: string, description: string) => Command,
  cli: Cli<ContractRouterClient<typeof chains>>,
): void {
  on('snapshot', 'take a snapshot')
    .argument('[name]', 'its name')
    .option('--name <name>', 'its name')
    .action((name: string, given: string | undefined, options: { name?: string }) => {
      const called = once(given, options.name, '--name');
      return cli.answer(
        (client) => client.snapshot({ chain: name, name: called }),
        (s) => `Took snapshot "${s.name}" of ${s.chain} at block ${s.blockNumber}.`,
      );
    });

  on('snapshots', 'its snapshots, oldest first').action((name: string) =>
    cli.answer(
      (client) => client.snapshots({ chain: name }),
      (all) =>
        all.length === 0
          ? 'No snapshots yet.'
          : table(
              ['', 'ID', 'NAME', 'BLOCK', 'TAKEN', 'LIVE IN IT', 'NOTE'],
              all.map((s) => [
                s.current ? '●' : '○',
                s.id,
                s.pinned ? `${s.name} (pinned)` : s.name,
                s.blockNumber,
                time(s.createdAt),
                names(s.deployments),
                oneLine(s.note),
              ]),
            ),
    ),
  );

  on('revert', 'go to a snapshot, back or forward')
    .argument('[snapshot]', 'name or id; default: before the last live deployment')
    .option('--to <snapshot>', 'name or id')
    .action((name: string, given: string | undefined, options: { to?: string }) => {
      const snapshot = once(given, options.to, '--to');
      return cli.answer(
        (client) => client.revert({ chain: name, snapshot }),
        (r) =>
          [
            `${r.snapshot.chain} is at "${r.snapshot.name}", block ${r.snapshot.blockNumber}.`,
            r.gone.length > 0 ? `Gone: ${names(r.gone)}.` : '',
            r.back.length > 0 ? `Back: ${names(r.back)}.` : '',
            r.files.aside.length > 0
              ? `Set aside: ${r.files.aside.length} of their run files.`
              : '',
            ...r.files.kept.map(({ file, why }) => `${file} stays: ${why}.`),
            r.leftBehind ? `The state before is kept as "${r.leftBehind.name}".` : '',
            `Wallets that remember a later nonce: see "drydock gateway wallet ${r.snapshot.chain}".`,
          ]
            .filter(Boolean)
            .join('\n'),
      );
    });

  on('rename-snapshot', 'give a snapshot another name')
    .argument('<snapshot>', 'name or id')
    .argument('<name>', 'the new one')
    .action((name: string, snapshot: string, to: string) =>
      cli.answer(
        (client) => client.describeSnapshot({ chain: name, snapshot, name: to }),
        described,
      ),
    );

  on('note-snapshot', 'set the note of a snapshot; without text: remove it')
    .argument('<snapshot>', 'name or id')
    .argument('[text...]')
    .action((name: string, snapshot: string, text: string[] = []) =>
      cli.answer(
        (client) => client.describeSnapshot({ chain: name, snapshot, note: text.join(' ') }),
        described,
      ),
    );

  on('pin-snapshot', 'never delete a snapshot for its age, or for being one too many')
    .argument('<snapshot>', 'name or id')
    .option('--off', 'unpin it')
    .action((name: string, snapshot: string, { off }: { off?: boolean }) =>
      cli.answer(
        (client) => client.describeSnapshot({ chain: name, snapshot, pinned: !off }),
        described,
      ),
    );

  on('remove-snapshot', 'delete a snapshot')
    .argument('<snapshot>', 'name or id')
    .action((name: string, snapshot: string) =>
      cli.answer(
        (client) => client.removeSnapshot({ chain: name, snapshot }),
        (s) => `Deleted snapshot "${s.name}" of ${s.chain}.`,
      ),
    );
}
