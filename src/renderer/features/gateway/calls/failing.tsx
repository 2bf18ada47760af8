import type { Journal } from '#main/features/gateway/contract.ts';
import { count, plural } from '../../../ui/format.ts';
import { Section } from '../../../ui/section.tsx';
import { Table, Td, Th } from '../../../ui/table.tsx';

/** Those that fail less often are found among the calls. */
const MOST = 6;

/** Methods that pages used and that failed, most often first. */
export function Failing({ failing }: { failing: Journal['failing'] }) {
  if (failing.length === 0) return null;
  return (
    <Section
      title="Failed for pages"
      aside={failing.length > MOST && `and ${plural(failing.length - MOST, 'other')}`}
    >
      <Table label="Methods that failed for pages">
        <thead>
          <tr>
            <Th>Page</Th>
            <Th priority={0}>Method</Th>
            <Th end priority={1}>
              Failed
            </Th>
            <Th priority={2}>Last error</Th>
          </tr>
        </thead>
        <tbody>
          {failing.slice(0, MOST).map(({ origin, method, count: times, error }) => (
            <tr key={`${origin} ${method}`} className="group">
              <Td className="max-w-64 truncate">{origin}</Td>
              <Td mono>{method}</Td>
              <Td end>{count(times)}</Td>
              <Td className="w-full max-w-0 truncate">
                <span title={error}>{error}</span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
