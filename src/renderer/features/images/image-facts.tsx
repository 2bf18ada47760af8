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
      <Fact name="Total size">{bytes(status.bytes)}</Fact>
      <Fact name="Reclaimable">about {bytes(status.freeableBytes)}</Fact>
      <Fact name="Cache hits">
        {rate === null
          ? 'no run has needed one yet'
          : `${count(cache.hits)} of ${count(uses)} (${rate} %)`}
      </Fact>
      <Fact name="Retention">{spanText(cache.maxAgeMs / 1000)} after the last use</Fact>
      <Fact name="Containers">
        {cache.enabled ? 'reused by the next run' : 'created for each run'}
      </Fact>
      <Fact name="Statistics stored in">
        {cache.backend === 'redis' ? `Redis at ${cache.url}` : 'Drydock’s database'}
      </Fact>
    </Facts>
  );
}
