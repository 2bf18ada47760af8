import type { ResultDiff } from '#main/families/contract.ts';
import type { ServiceDiff, ServiceSide } from '#main/families/services/contract.ts';
import { ChangeBadges } from '../../ui/change-badges.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Section } from '../../ui/section.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

/** An id as Docker shortens it; a name unchanged. */
const shortImage = (image: string) => image.replace(/^sha256:([0-9a-f]{12}).*/, '$1');

function Where({ side }: { side: ServiceSide | null }) {
  if (!side) return '—';
  return (
    <>
      {side.url ?? <span className="text-ink-dim">no port</span>}
      <span className="ml-1.5 font-sans text-2xs text-ink-dim">{side.health}</span>
    </>
  );
}

function Image({ side }: { side: ServiceSide | null }) {
  if (!side) return '—';
  return (
    <Copyable value={side.image} what="image">
      {shortImage(side.image)}
    </Copyable>
  );
}

function Row({ service: { name, a, b, changes } }: { service: ServiceDiff }) {
  return (
    <tr className="group">
      <Td className="font-medium">{name}</Td>
      <Td>
        <ChangeBadges changes={changes} />
      </Td>
      <Td mono>
        <Where side={a} />
      </Td>
      <Td mono>
        <Where side={b} />
      </Td>
      <Td mono>
        <Image side={a} />
      </Td>
      <Td mono>
        <Image side={b} />
      </Td>
    </tr>
  );
}

/** The differences between the services of two runs. */
export function DiffServices({ diff: { services } }: { diff: ResultDiff }) {
  return (
    <Section title="Services">
      {services.length === 0 ? (
        <p className="text-sm text-ink-dim">Neither of them started a service.</p>
      ) : (
        <Table label="Services">
          <thead>
            <tr>
              <Th>Service</Th>
              <Th priority={0}>Differs in</Th>
              <Th priority={1}>Address in A</Th>
              <Th priority={1}>Address in B</Th>
              <Th priority={3}>Image in A</Th>
              <Th priority={3}>Image in B</Th>
            </tr>
          </thead>
          <tbody>
            {services.map((service) => (
              <Row key={service.name} service={service} />
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
