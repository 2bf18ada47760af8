import { Play, Square } from 'lucide-react';
import { useRef } from 'react';
import type { Chain } from '#main/features/chains/contract.ts';
import { isUp } from '../../core/words/chain-words.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import type { ChainActions } from './use-chain-actions.tsx';

/**
 * Starts a chain, or stops it. It does what it showed when it was pressed: a press that is released
 * after the chain has started or stopped by itself meanwhile does nothing.
 */
export function StartStop({ chain, actions }: { chain: Chain; actions: ChainActions }) {
  const running = isUp(chain) && chain.status !== 'starting';
  const isChanging = chain.status === 'starting' || chain.status === 'stopping';
  const pressed = useRef<boolean | null>(null);
  const press = () => {
    pressed.current = running;
  };
  const act = () => {
    const shown = pressed.current ?? running;
    pressed.current = null;
    if (shown !== running) return;
    if (running) actions.stop();
    else actions.start();
  };
  return (
    <IconButton
      label={`${running ? 'Stop' : 'Start'} ${chain.name}`}
      icon={running ? <Square size={14} /> : <Play size={15} />}
      busy={isChanging || actions.busy === (running ? 'stop' : 'start')}
      onPointerDown={press}
      onKeyDown={(event) => {
        if (!event.repeat && (event.key === 'Enter' || event.key === ' ')) press();
      }}
      onClick={act}
    />
  );
}
