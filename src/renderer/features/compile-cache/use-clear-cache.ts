import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { bytes, plural } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';

export function useClearCache() {
  const { busy, run } = useCommands();
  const clear = async () => {
    const done = await run('clear', () => client.compileCache.clear());
    if (!done) return;
    toast.success('The compile cache is empty', {
      description: `Deleted ${plural(done.entries, 'compile')}, ${bytes(done.bytes)}.`,
    });
  };
  return { clearing: busy === 'clear', clear };
}
