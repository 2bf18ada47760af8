import { Select as Base } from '@base-ui/react/select';
import { useQuery } from '@tanstack/react-query';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { Chain } from '#main/features/chains/contract.ts';
import type { Network } from '#main/features/networks/contract.ts';
import { chooseTarget } from '../../core/chosen-target.ts';
import { api } from '../../core/client.ts';
import { useChains } from '../../core/queries/use-chains.ts';
import { useNetworks } from '../../core/queries/use-networks.ts';
import { useTarget } from '../../core/queries/use-target.ts';
import { chainTone, chainWord } from '../../core/words/chain-words.ts';
import { networkLabel } from '../../core/words/network-label.ts';
import { Badge } from '../../ui/badge.tsx';
import { count } from '../../ui/format.ts';
import { StateDot, type Tone, toneText } from '../../ui/state-dot.tsx';
import { chainIdWords } from './chain-id-words.ts';

const groups: readonly { kind: Network['kind']; title: string; about: string }[] = [
  { kind: 'local', title: 'Local chains', about: 'on this machine; everything can be taken back' },
  { kind: 'fork', title: 'Forks', about: 'copies on this machine of live networks' },
  { kind: 'remote', title: 'Live networks', about: 'what is sent there stays' },
];

/** A live network's answer is asked for once in this time while the list is open, ms. */
const freshMs = 30_000;

interface State {
  tone: Tone;
  words: string;
  block: number | null;
}

function stateOf(chain: Chain | undefined): State {
  if (!chain) return { tone: 'idle', words: 'never started', block: null };
  return { tone: chainTone(chain), words: chainWord(chain), block: chain.blockNumber };
}

/** Asks a live network for its state; other networks have theirs in the list of chains. */
function useNetworkState(network: Network, chain: Chain | undefined): State {
  const isLive = network.kind === 'remote';
  const { data, isFetching } = useQuery(
    api.networks.test.queryOptions({
      input: { name: network.name },
      enabled: isLive,
      staleTime: freshMs,
      retry: false,
    }),
  );
  if (!isLive) return stateOf(chain);
  if (!data) return { tone: 'idle', words: isFetching ? 'asking…' : '', block: null };
  return data.ok
    ? { tone: 'ok', words: 'answers', block: data.blockNumber }
    : { tone: 'bad', words: 'does not answer', block: null };
}

function NetworkOption({ network, chain }: { network: Network; chain: Chain | undefined }) {
  const { tone, words, block } = useNetworkState(network, chain);
  const id = chain?.chainId ?? network.chainId;
  const about = chainIdWords(network, id);
  const label = networkLabel(network);
  return (
    <Base.Item
      value={network.name}
      className="grid grid-cols-[14px_minmax(7rem,1fr)_auto] items-center gap-x-2 rounded-md px-2 py-1 text-sm text-ink outline-none select-none data-highlighted:bg-hover"
    >
      <Base.ItemIndicator className="col-start-1">
        <Check aria-hidden="true" size={14} />
      </Base.ItemIndicator>
      <Base.ItemText className="col-start-2 inline-flex min-w-0 items-center gap-2">
        <StateDot tone={tone} />
        <span className="truncate">{label}</span>
        {label !== network.name && (
          <span className="truncate font-mono text-2xs text-ink-dim">{network.name}</span>
        )}
      </Base.ItemText>
      <span className="col-start-3 pl-4 text-right text-xs whitespace-nowrap nums">
        <span className={toneText[tone]}>{words}</span>
        {block !== null && <span className="text-ink-dim"> · block {count(block)}</span>}
      </span>
      {id !== null && (
        <span className="col-span-2 col-start-2 pl-[15px] text-2xs text-ink-dim nums">
          chain id {id}
          {about && ` (${about})`}
        </span>
      )}
    </Base.Item>
  );
}

function Chosen({ network, chain }: { network: Network; chain: Chain | undefined }) {
  const id = chain?.chainId ?? network.chainId;
  const { tone, words } = stateOf(chain);
  const isLive = network.kind === 'remote';
  return (
    <span className="flex min-w-0 items-center gap-2 truncate">
      {!isLive && <StateDot tone={tone} label={words} />}
      <span className="truncate">{networkLabel(network)}</span>
      {network.kind !== 'local' && (
        <Badge tone={isLive ? 'warn' : undefined}>{isLive ? 'live' : 'fork'}</Badge>
      )}
      {id !== null && (
        <span className="shrink-0 text-ink-dim nums" title={chainIdWords(network, id) ?? undefined}>
          {id}
        </span>
      )}
    </span>
  );
}

/** Chooses the network of a project's next deployment: on this machine, a fork, or a live one. */
export function TargetPicker({ project }: { project: number }) {
  const networks = useNetworks().data ?? [];
  const chains = useChains().data ?? [];
  const target = useTarget(project)?.name ?? null;
  const chosen = networks.find(({ name }) => name === target);
  const chainOf = (name: string) => chains.find((one) => one.name === name);
  return (
    <Base.Root<string>
      value={target}
      onValueChange={(name) => name !== null && chooseTarget(project, name)}
    >
      <Base.Trigger
        aria-label="Network"
        className="inline-flex h-[30px] min-w-0 shrink-0 items-center gap-1.5 rounded-md border border-line-strong bg-transparent px-2 text-sm text-ink select-none hover:bg-hover"
      >
        {chosen ? <Chosen network={chosen} chain={chainOf(chosen.name)} /> : '—'}
        <ChevronsUpDown aria-hidden="true" size={13} className="ml-auto shrink-0 text-ink-dim" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          sideOffset={4}
          alignItemWithTrigger={false}
          align="start"
          className="z-50 outline-none"
        >
          <Base.Popup className="max-h-[min(32rem,var(--available-height))] w-[26rem] max-w-[calc(100vw-2rem)] overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-pop outline-none">
            {groups.map(({ kind, title, about }) => {
              const some = networks.filter((one) => one.kind === kind);
              if (some.length === 0) return null;
              return (
                <Base.Group key={kind} className="py-1 not-first:border-t not-first:border-line">
                  <Base.GroupLabel className="flex items-baseline gap-2 px-2 py-1 text-xs font-semibold text-ink-soft">
                    {title}
                    <span className="truncate font-normal text-ink-dim">{about}</span>
                  </Base.GroupLabel>
                  {some.map((network) => (
                    <NetworkOption
                      key={network.name}
                      network={network}
                      chain={chainOf(network.name)}
                    />
                  ))}
                </Base.Group>
              );
            })}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
