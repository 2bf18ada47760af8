import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { asTrusted } from '../../core/trust.ts';
import { showShell } from './shell-state.ts';

/** Opening and closing shells. */
export function useShells() {
  const { busy, run } = useCommands();
  return {
    busy: busy !== null,
    open: (project: number) =>
      run('open', async () => {
        const open = () => client.terminals.open({ project });
        const shell = await asTrusted(project, 'open the shell', open);
        if (shell) showShell(shell.id);
      }),
    close: (id: string) =>
      run(`close ${id}`, async () => {
        await client.terminals.close({ id });
      }),
  };
}
