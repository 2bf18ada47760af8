import { useQuery } from '@tanstack/react-query';
import { api } from '../../core/client.ts';
import { count, plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

/** The lines of source that took most gas in a transaction. */
export function GasLines({ network, hash }: { network: string; hash: string }) {
  const { data } = useQuery(
    api.explorer.lineGas.queryOptions({
      input: { network, hash },
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  if (!data || (data.lines.length === 0 && data.problem === null)) return null;
  return (
    <Section
      title="By line"
      aside={data.count > data.lines.length && `of ${plural(data.count, 'line')}`}
    >
      {data.problem && <p className="text-sm text-ink-dim">{data.problem}</p>}
      {data.lines.length > 0 && (
        <Table label="Gas by line">
          <thead>
            <tr>
              <Th end>Gas</Th>
              <Th priority={0}>Line</Th>
              <Th className="w-full" />
            </tr>
          </thead>
          <tbody>
            {data.lines.map(({ file, line, text, gas }) => (
              <tr key={`${file} ${line}`} className="group">
                <Td end>{count(gas)}</Td>
                <Td mono className="max-w-72 truncate">
                  {file}:{line}
                </Td>
                <Td mono className="max-w-0 truncate text-ink!">
                  {text}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
