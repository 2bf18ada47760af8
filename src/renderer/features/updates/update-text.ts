import type { UpdateStatus } from '#main/features/updates/contract.ts';

/** What is known of newer versions, as a sentence. */
export function updateText(status: UpdateStatus): string {
  const { supported, state, version, progress, problem, checkedAt } = status;
  if (!supported) {
    return 'Only the installed app updates itself, and not while another process serves its data folder. Update this one as it was installed.';
  }
  if (problem !== null) return problem;
  if (state === 'checking') return 'Looking for a newer version.';
  if (version === null) {
    return checkedAt === null
      ? 'Not looked for a newer version yet.'
      : 'This is the newest version.';
  }
  if (state === 'downloading') {
    return `${version} is being downloaded: ${Math.round((progress ?? 0) * 100)} %.`;
  }
  if (state === 'waiting') return `${version} is there. It is downloaded once no deployment runs.`;
  return `${version} is downloaded. The app starts again with it.`;
}
