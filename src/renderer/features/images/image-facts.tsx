import type { ImagesStatus } from '#main/features/images/contract.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { bytes, count } from '../../ui/format.ts';
import { spanText } from '../../ui/time-span.ts';
import { hitRate } from './image-words.ts';

export function ImageFacts({ status }: { status: ImagesStatus }) {
  const { cache } = status;
  const uses = cache.hits + cache.misses;
  const rate = hitRate(cache);
  return (
    <Facts>
      <Fact name="In all">{bytes(status.bytes)}</Fact>
      <Fact name="Can be freed">about {bytes(status.freeableBytes)}</Fact>
      <Fact name="There when needed">
        {rate === null
          ? 'not needed yet'
          : `${count(cache.hits)} of ${count(uses)} times (${rate} %)`}
      </Fact>
      <Fact name="Kept">{spanText(cache.maxAgeMs / 1000)} after the last use</Fact>
      <Fact name="Containers">
        {cache.enabled ? 'used again by the next run' : 'made anew for each run'}
      </Fact>
      <Fact name="Numbers are in">
        {cache.backend === 'redis' ? `Redis at ${cache.url}` : 'Drydock itself'}
      </Fact>
    </Facts>
  );
}
