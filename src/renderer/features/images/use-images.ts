import { useQuery } from '@tanstack/react-query';
import type { Removal } from '#main/features/images/contract.ts';
import { api, client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { bytes, plural } from '../../ui/format.ts';
import { toast } from '../../ui/toast.ts';
import { hitRate } from './image-words.ts';

/** Docker's events don't cover these changes. */
const EVERY_MS = 10_000;

export const useImages = () =>
  useQuery(api.images.status.queryOptions({ refetchInterval: EVERY_MS }));

/** `hitRate` over all images; null without Docker, which then isn't queried. */
export function useHitRate(): number | null {
  const enabled = useInfo().data?.docker.status === 'ready';
  const { data } = useQuery(api.images.status.queryOptions({ enabled }));
  return enabled && data ? hitRate(data.cache) : null;
}

/** Ways to free the space of images. */
export function useImageRemoval() {
  const { busy, run } = useCommands();
  const act = async (name: string, work: () => Promise<Removal>) => {
    const result = await run(name, work);
    if (result) toast.success(wordsOf(result));
  };
  return {
    busy,
    remove: (tag: string) => void act(tag, () => client.images.remove({ image: tag })),
    clear: () => void act('clear', () => client.images.clear()),
    cleanUp: () => void act('cleanUp', () => client.images.cleanUp()),
  };
}

function wordsOf({ removed, freedBytes, kept }: Removal): string {
  const done =
    removed.length === 0
      ? 'There was nothing to remove'
      : `${plural(removed.length, 'image')} removed, ${bytes(freedBytes)} freed`;
  return kept.length > 0
    ? `${done}; ${kept.length} in use ${kept.length === 1 ? 'stays' : 'stay'}`
    : done;
}
