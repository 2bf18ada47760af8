import { toast } from 'sonner';
import { client } from '../../client.ts';
import { bytes, plural } from '../../ui/format.ts';
import { useAction } from '../app/use-action.ts';

export function useClearCache() {
  const { busy, run } = useAction();
  const clear = async () => {
    const done = await run('clear', () => client.compileCache.clear());
    if (!done) return;
    toast.success('The compile cache is empty', {
      description: `Deleted ${plural(done.entries, 'compile')}, ${bytes(done.bytes)}.`,
    });
  };
  return { clearing: busy === 'clear', clear };
}
