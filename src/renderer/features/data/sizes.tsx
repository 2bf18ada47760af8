import { Link } from 'wouter';
import type { Stats } from '#main/features/data/contract.ts';
import { chainPath } from '../../core/paths.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { bytes, count } from '../../ui/format.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Section } from '../../ui/section.tsx';
import { Table, Td, Th } from '../../ui/table.tsx';

const MOST_TABLES = 8;

export function Sizes({ stats }: { stats: Stats }) {
  const { database, disk, backups } = stats;
  const chainBytes = stats.chains.reduce((sum, chain) => sum + chain.bytes, 0);
  return (
    <>
      <Section title="Sizes" aside={<span className="truncate">{stats.dataFolder}</span>}>
        <Facts>
          <Fact name="Total size">{bytes(stats.totalBytes)}</Fact>
          <Fact name="Free disk">
            {bytes(disk.freeBytes)} of {bytes(disk.totalBytes)}
          </Fact>
          <Fact name="Database">
            {bytes(database.bytes)}
            {database.freeBytes > 0 && `, ${bytes(database.freeBytes)} of it free`}
          </Fact>
          <Fact name="Chains">{bytes(chainBytes)}</Fact>
          <Fact name="Backups">
            {bytes(backups.bytes)}
            {backups.newestAt !== null && (
              <>
                , the newest <RelativeTime at={backups.newestAt} />
              </>
            )}
          </Fact>
          <Fact name="Log files">{bytes(stats.logBytes)}</Fact>
        </Facts>
      </Section>
      {stats.chains.length > 0 && (
        <Section title="Chains">
          <Table label="Disk space of chains">
            <thead>
              <tr>
                <Th>Chain</Th>
                <Th end priority={0}>
                  Total
                </Th>
                <Th end priority={2}>
                  State
                </Th>
                <Th end priority={1}>
                  Snapshots
                </Th>
                <Th end priority={4}>
                  Old states
                </Th>
                <Th end priority={3}>
                  Fork data
                </Th>
              </tr>
            </thead>
            <tbody>
              {stats.chains.map((chain) => (
                <tr key={chain.name} className="group">
                  <Td>
                    <Link href={chainPath(chain.name)} className="font-medium hover:underline">
                      {chain.name}
                    </Link>
                  </Td>
                  <Td end>{bytes(chain.bytes)}</Td>
                  <Td end>{bytes(chain.stateBytes)}</Td>
                  <Td end>{bytes(chain.snapshotBytes)}</Td>
                  <Td end>{bytes(chain.cacheBytes)}</Td>
                  <Td end>{bytes(chain.forkBytes)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Section>
      )}
      <Section title="Database">
        <Table label="Tables of the database">
          <thead>
            <tr>
              <Th>Table</Th>
              <Th priority={2}>Feature</Th>
              <Th end priority={1}>
                Rows
              </Th>
              <Th end>Size</Th>
            </tr>
          </thead>
          <tbody>
            {database.tables.slice(0, MOST_TABLES).map((table) => (
              <tr key={table.name} className="group">
                <Td mono>{table.name}</Td>
                <Td className="text-ink-soft">{table.feature}</Td>
                <Td end>{count(table.rows)}</Td>
                <Td end>{bytes(table.bytes)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Section>
    </>
  );
}
