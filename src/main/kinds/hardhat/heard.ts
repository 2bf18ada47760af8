import type { Command, Workspace } from '../../engines/engine.ts';

/** What a command writes to its standard output, which goes into no log. Empty when it fails. */
export async function heard(
  workspace: Workspace,
  command: Command,
  signal: AbortSignal,
): Promise<string> {
  let text = '';
  const { code } = await workspace.exec(command, {
    signal,
    onOutput: (stream, piece) => {
      if (stream === 'stdout') text += piece;
    },
  });
  return code === 0 ? text : '';
}
