import type { UpgradeReport } from '#main/features/upgrades/contract.ts';
import { transactionPath } from '../../core/paths.ts';
import { shortHex } from '../../ui/format.ts';
import { HexLink } from '../../ui/hex-link.tsx';
import { Section } from '../../ui/section.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

/** How recorded calls of the proxy end with the new code. */
export function Replay({
  network,
  of: { calls, same, different, missing },
}: {
  network: string;
  of: UpgradeReport['replay'];
}) {
  return (
    <Section
      title="Recorded calls"
      aside={missing > 0 && `${missing} of those asked for were not recorded, or taken back`}
    >
      <p className="text-sm text-ink-soft">
        {calls === 0 ? 'None was tried with the new code.' : `${same} of ${calls} end as they did.`}
      </p>
      {different.length > 0 && (
        <Table label="Calls that end otherwise">
          <thead>
            <tr>
              <Th>Transaction</Th>
              <Th priority={0}>Function</Th>
              <Th priority={0}>With the new code</Th>
            </tr>
          </thead>
          <tbody>
            {different.map((one) => (
              <tr key={one.hash} className="group">
                <Td>
                  <HexLink href={transactionPath(network, one.hash)} value={one.hash} what="hash">
                    {shortHex(one.hash)}
                  </HexLink>
                </Td>
                <Td mono>{one.function ?? '—'}</Td>
                <Td>{one.difference}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}
