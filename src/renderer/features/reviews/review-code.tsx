import type { Certificate } from '#main/features/reviews/contract.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { count, shortHex } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

/** Code that comes to be, and code that is relied on, each by its hash. */
export function ReviewCode({
  certificate: { contracts, externals, compared },
}: {
  certificate: Certificate;
}) {
  return (
    <>
      {contracts.length > 0 && (
        <Section title="New contracts" aside={compared ? lastWords(compared) : undefined}>
          <Table label="New contracts">
            <thead>
              <tr>
                <Th priority={0}>Contract</Th>
                {compared && <Th priority={0}>Since #{compared.number}</Th>}
                <Th priority={1}>Address</Th>
                <Th priority={2} end>
                  Bytes
                </Th>
                <Th priority={1}>Code hash</Th>
              </tr>
            </thead>
            <tbody>
              {contracts.map(({ name, address, size, codeHash }, index) => (
                <tr key={address} className="group">
                  <Td>{name ?? 'unknown'}</Td>
                  {compared && <Td>{changeWords[compared.contracts[index]?.change ?? 'new']}</Td>}
                  <Hash value={address} what="address" />
                  <Td end>{count(size)}</Td>
                  <Hash value={codeHash} what="hash" />
                </tr>
              ))}
            </tbody>
          </Table>
        </Section>
      )}
      {externals.length > 0 && (
        <Section title="Code it relies on" aside="another code there refuses the run">
          <Table label="Code it relies on">
            <thead>
              <tr>
                <Th priority={0}>Address</Th>
                <Th priority={0}>Code hash</Th>
              </tr>
            </thead>
            <tbody>
              {externals.map(({ address, codeHash }) => (
                <tr key={address} className="group">
                  <Hash value={address} what="address" />
                  <Hash value={codeHash} what="hash" />
                </tr>
              ))}
            </tbody>
          </Table>
        </Section>
      )}
    </>
  );
}

type Compared = NonNullable<Certificate['compared']>;

const changeWords: Record<Compared['contracts'][number]['change'], string> = {
  new: 'new',
  same: 'same code',
  changed: 'other code',
};

const lastWords = ({ number, commit, gone }: Compared): string =>
  `beside #${number}${commit === null ? '' : ` from ${commit.slice(0, 7)}`}${gone.length === 0 ? '' : `, which had ${gone.join(', ')} as well`}`;

function Hash({ value, what }: { value: string; what: string }) {
  return (
    <Td mono>
      <Copyable value={value} what={what}>
        {shortHex(value)}
      </Copyable>
    </Td>
  );
}
