import { Anvil, RotateCw } from 'lucide-react';
import { Link } from 'wouter';
import type { Chain } from '#main/features/chains/contract.ts';
import { openChainSettings } from '../../core/chains/settings-dialog.ts';
import { chainPath } from '../../core/paths.ts';
import { chainTone, chainWord, isUp } from '../../core/words/chain-words.ts';
import { useNetworkLabel } from '../../core/words/network-label.ts';
import { Badge } from '../../ui/badge.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toneText } from '../../ui/state-dot.tsx';
import { askAnew } from './settings/anew-state.ts';
import { StartStop } from './start-stop.tsx';
import type { ChainActions } from './use-chain-actions.tsx';

const ways = { docker: 'in Docker', process: 'without Docker' };
const engines = { process: 'Process', docker: 'Docker' };

/** Start, stop, restart and other actions for the chain as a whole. */
export function ChainControls({ chain, actions }: { chain: Chain; actions: ChainActions }) {
  const running = isUp(chain);
  return (
    <>
      <StartStop chain={chain} actions={actions} />
      <IconButton
        label={`Restart ${chain.name}`}
        icon={<RotateCw size={15} />}
        busy={actions.busy === 'restart'}
        onClick={() => actions.restart()}
      />
      <Menu
        label={`More for ${chain.name}`}
        items={[
          {
            label: 'Copy RPC URL',
            disabled: !chain.rpcUrl,
            onSelect: () => chain.rpcUrl && void copyText(chain.rpcUrl, 'RPC URL'),
          },
          {
            label: 'Copy chain id',
            onSelect: () => void copyText(String(chain.chainId), 'chain id'),
          },
          ...(['docker', 'process'] as const)
            .filter((engine) => engine !== (chain.ownEngine ?? (running ? chain.engine : null)))
            .map((engine) => ({
              label: `${running ? 'Restart' : 'Start'} ${ways[engine]}`,
              onSelect: () => (running ? actions.restart({ engine }) : actions.start({ engine })),
            })),
          {
            label: 'Let the settings choose the engine',
            disabled: chain.ownEngine === null,
            onSelect: () =>
              running ? actions.restart({ engine: 'auto' }) : actions.start({ engine: 'auto' }),
          },
          { label: 'Settings…', onSelect: () => openChainSettings(chain.name) },
          {
            label: running ? 'Restart from nothing…' : 'Start from nothing…',
            danger: true,
            onSelect: () => askAnew({ chain: chain.name, input: {} }),
          },
        ]}
      />
    </>
  );
}

export function ChainHeader({ chain, actions }: { chain: Chain; actions: ChainActions }) {
  const label = useNetworkLabel(chain.name);
  return (
    <div className="flex items-center gap-2">
      <Anvil
        size={18}
        role="img"
        aria-label={chainWord(chain)}
        className={toneText[chainTone(chain)]}
      />
      <h2 className="min-w-0 truncate text-sm font-semibold">
        <Link
          href={chainPath(chain.name)}
          title={label === chain.name ? undefined : chain.name}
          className="hover:underline"
        >
          {label}
        </Link>
      </h2>
      <Badge>{engines[chain.engine]}</Badge>
      <span className="flex-1" />
      <ChainControls chain={chain} actions={actions} />
    </div>
  );
}
