import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { showTab } from '../../core/panel/panel-store.ts';
import { asTrusted } from '../../core/trust.ts';
import { shellTabOf } from './shell-tab.ts';

/** Opening and closing shells. */
export function useShells() {
  const { busy, run } = useCommands();
  return {
    busy: busy !== null,
    /** @param name of its tab; missing: its own title */
    open: (project: number, name?: string) =>
      run('open', async () => {
        const open = () => client.terminals.open({ project });
        const shell = await asTrusted(project, 'open the shell', open);
        if (shell) showTab({ ...shellTabOf(shell), name });
      }),
    close: (id: string) =>
      run(`close ${id}`, async () => {
        await client.terminals.close({ id });
      }),
  };
}
