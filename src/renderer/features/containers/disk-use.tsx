import { useQuery } from '@tanstack/react-query';
import type { Space } from '#main/features/containers/contract.ts';
import { api } from '../../core/client.ts';
import { ProblemNotice } from '../../core/problems/problem-notice.tsx';
import { bytes, count } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

function Row({ name, about, space }: { name: string; about: string; space: Space }) {
  return (
    <tr className="group">
      <Td>
        {name} <span className="text-xs text-ink-dim">{about}</span>
      </Td>
      <Td end>{count(space.count)}</Td>
      <Td end>{bytes(space.bytes)}</Td>
      <Td end>{bytes(space.freeableBytes)}</Td>
    </tr>
  );
}

/** The disk use of Drydock's objects in Docker, and what of it is unused. */
export function DiskUse() {
  const { data, error, refetch } = useQuery(api.containers.diskUse.queryOptions());
  return (
    <Section title="Disk use">
      {error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={4} />}
      {data && (
        <Table label="Disk use in Docker">
          <thead>
            <tr>
              <Th>Type</Th>
              <Th end priority={2}>
                Count
              </Th>
              <Th end priority={0}>
                Size
              </Th>
              <Th end priority={1}>
                Reclaimable
              </Th>
            </tr>
          </thead>
          <tbody>
            <Row name="Images" about="built once, shared by all runs" space={data.images} />
            <Row name="Containers" about="writable layers" space={data.containers} />
            <Row name="Volumes" about="caches of compilers and tools" space={data.volumes} />
            <Row
              name="Build cache"
              about="shared with other programs; “docker builder prune” and “docker image prune” clear it"
              space={data.buildCache}
            />
          </tbody>
        </Table>
      )}
    </Section>
  );
}
