import { useState } from 'react';
import { Link } from 'wouter';
import type { Network, NetworkTest } from '#main/features/networks/contract.ts';
import { client } from '../../core/client.ts';
import { useCommands } from '../../core/commands/use-commands.ts';
import { chainPath } from '../../core/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { cx } from '../../ui/cx.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { count } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { Td } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.ts';
import { useRails } from './rails/use-rails.ts';

function Answer({ result }: { result: NetworkTest | null }) {
  if (!result) return <span className="text-ink-dim">not asked yet</span>;
  return (
    <span role="status" className="inline-flex items-center gap-2 nums">
      <StateDot tone={result.ok ? 'ok' : 'bad'} />
      {result.ok
        ? `block ${count(result.blockNumber)} · ${Math.round(result.latencyMs ?? 0)} ms`
        : 'not usable'}
    </span>
  );
}

/** Says that nothing is sent there. */
function Frozen({ network }: { network: string }) {
  const { data } = useRails(network);
  if (!data?.freeze) return null;
  return (
    <span className="ml-2" title={data.freeze.note}>
      <Badge tone="warn">frozen</Badge>
    </span>
  );
}

interface NetworkRowProps {
  network: Network;
  onEdit(): void;
  onRails(): void;
}

export function NetworkRow({ network, onEdit, onRails }: NetworkRowProps) {
  const { busy, run } = useCommands();
  const [result, setResult] = useState<NetworkTest | null>(null);
  const { name, kind, source, label } = network;
  const test = async () => {
    const answer = await run('test', () => client.networks.test({ name }));
    if (answer) setResult(answer);
  };
  const remove = async () => {
    const removed = await run('remove', () => client.networks.remove({ name }));
    if (!removed) return;
    toast.success(`${name} was removed`);
  };
  return (
    <>
      <tr className="group">
        <Td>
          {kind === 'remote' ? (
            <span className="font-medium">{name}</span>
          ) : (
            <Link href={chainPath(name)} className="font-medium hover:underline">
              {name}
            </Link>
          )}
          {label !== '' && <span className="ml-2 text-xs text-ink-soft">{label}</span>}
          {source === 'user' && <span className="ml-2 text-xs text-ink-dim">yours</span>}
          {kind === 'remote' && <Frozen network={name} />}
        </Td>
        <Td className="hidden text-ink-soft @2xl:table-cell">{kind}</Td>
        <Td end mono>
          {network.chainId ?? '—'}
        </Td>
        <Td mono className="w-full max-w-0 truncate">
          {network.url ? (
            <Copyable value={network.url} what="RPC URL">
              {network.url.replace(/^https:\/\//, '')}
            </Copyable>
          ) : (
            <span className={cx(network.urlProblem && 'text-warn')} title={network.urlProblem}>
              {network.urlProblem ? 'its address can’t be read' : 'on this machine'}
            </span>
          )}
        </Td>
        <Td>
          <Answer result={result} />
        </Td>
        <Td end>
          <span className="inline-flex items-center gap-1.5">
            <Button
              size="sm"
              busy={busy === 'test'}
              aria-label={`Test ${name}`}
              onClick={() => void test()}
            >
              Test
            </Button>
            <Menu
              label={`More for ${name}`}
              items={[
                { label: 'Edit…', onSelect: onEdit },
                ...(kind === 'remote' ? [{ label: 'Rails…', onSelect: onRails }] : []),
                {
                  label: 'Remove',
                  danger: true,
                  disabled: source === 'shipped',
                  onSelect: () => void remove(),
                },
              ]}
            />
          </span>
        </Td>
      </tr>
      {result?.problem && (
        <tr>
          <td colSpan={6} className="border-b border-line p-2">
            <ErrorNotice message={result.problem} />
          </td>
        </tr>
      )}
    </>
  );
}
