import type { Reverted } from '#main/features/chains/contract.ts';
import { plural } from '../../ui/format.ts';

function list(runs: Reverted['gone']): string {
  const shown = runs.slice(0, 4).map((run) => `${run.project} #${run.number}`);
  const more = runs.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** The result of a revert, as a notice. */
export function revertNotice({ snapshot, gone, back, how, files }: Reverted): {
  title: string;
  lines: string[];
} {
  const lines = [];
  if (gone.length > 0) lines.push(`Gone: ${list(gone)}.`);
  if (back.length > 0) lines.push(`Back: ${list(back)}.`);
  if (gone.length + back.length === 0) lines.push('No deployment was affected.');
  for (const { file, why } of files.kept.slice(0, 3)) lines.push(`${file} stays: ${why}.`);
  if (how === 'restart') lines.push('The chain was restarted from the saved state.');
  lines.push(
    'A wallet that sent transactions here still counts them: reset this account’s nonce in it (in MetaMask: Settings, Advanced, Clear activity tab data).',
  );
  const title = `Back at “${snapshot.name}”, block ${snapshot.blockNumber}${
    gone.length > 0 ? ` · ${plural(gone.length, 'deployment')} taken back` : ''
  }`;
  return { title, lines };
}
