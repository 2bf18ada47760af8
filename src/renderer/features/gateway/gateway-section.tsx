import { useQuery } from '@tanstack/react-query';
import { ListTree, Wallet } from 'lucide-react';
import { Link } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import { api } from '../../core/client.ts';
import { callsPath } from '../../core/paths.ts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format.ts';
import { Section } from '../../ui/section.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { openConnect } from './connect/connect-dialogs.ts';
import { GatewayRemedy } from './gateway-remedy.tsx';
import { GatewaySwitch } from './gateway-switch.tsx';
import { standingOf } from './gateway-words.ts';
import { Origins } from './origins/origins.tsx';

/** How often the counts are read while they are on the screen, ms. */
const EVERY_MS = 2000;

/** Who may call a chain, whether that is watched over, and what was called. */
export function GatewaySection({ chain }: { chain: Chain }) {
  const { name, behindGateway } = chain;
  const { data: state } = useQuery(
    api.gateway.status.queryOptions({ refetchInterval: behindGateway ? EVERY_MS : false }),
  );
  const { tone, word, about, remedy } = standingOf(chain, state ?? null);
  const served = state?.chains.find((one) => one.chain === name);
  return (
    <Section
      title="Gateway"
      aside={
        <>
          <Link
            href={callsPath(name)}
            className="inline-flex h-[26px] items-center gap-1.5 rounded-md px-2 font-medium text-ink-soft hover:bg-hover hover:text-ink"
          >
            <ListTree aria-hidden="true" size={14} />
            Calls
          </Link>
          <Button
            size="sm"
            icon={<Wallet aria-hidden="true" size={14} />}
            onClick={() => openConnect(name)}
          >
            Connect a wallet…
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2.5 rounded-lg border border-line bg-panel px-4 py-3">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <div className="min-w-0 flex-1 basis-72 text-sm">
            <p role="status" className="flex items-center gap-2 font-medium">
              <StateDot tone={tone} />
              {word}
              {served?.listening && (
                <span className="font-normal text-ink-dim nums">
                  {`port ${served.port} · ${plural(served.requests, 'call')} · ${served.refused} refused`}
                </span>
              )}
            </p>
            <p className="mt-0.5 text-ink-dim">{about}</p>
          </div>
          <GatewaySwitch chain={chain} />
        </div>
        {remedy && <GatewayRemedy chain={name} remedy={remedy} />}
      </div>
      <Origins chain={name} />
    </Section>
  );
}
