import { client } from '../../client.ts';
import { useAction } from '../app/use-action.ts';
import { showShell } from './shell-state.ts';

/** Opening and closing shells. */
export function useShells() {
  const { busy, run } = useAction();
  return {
    busy: busy !== null,
    open: (project: number) =>
      run('open', async () => {
        const { id } = await client.terminals.open({ project });
        showShell(id);
      }),
    close: (id: string) =>
      run('close', async () => {
        await client.terminals.close({ id });
      }),
  };
}
