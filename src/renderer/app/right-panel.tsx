import { PanelRightOpen } from 'lucide-react';
import { useRef, useState } from 'react';
import { Slot } from '../core/feature/slot.tsx';
import { useChains } from '../core/queries/use-chains.ts';
import { chainTone, chainWord } from '../core/words/chain-words.ts';
import { useNetworkLabel } from '../core/words/network-label.ts';
import { count } from '../ui/format.ts';
import { lazyPart } from '../ui/lazy-part.tsx';
import { StateDot } from '../ui/state-dot.tsx';
import { useIsNarrow } from './narrow.ts';

const ChainDialog = lazyPart(async () => (await import('./chain-dialog.tsx')).ChainDialog);

/** The target of the open page: beside it, or over it where there is no room for both. */
export function RightPanel({ target }: { target: string }) {
  if (useIsNarrow()) return <OverlaidPanel target={target} />;
  return (
    <aside
      aria-label="Chain"
      data-selectable
      className="w-[300px] shrink-0 overflow-y-auto border-l border-line bg-panel p-3.5 max-xl:w-[264px]"
    >
      <Slot name="target.panel" target={target} />
    </aside>
  );
}

function OverlaidPanel({ target }: { target: string }) {
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const handle = useRef<HTMLButtonElement>(null);
  const show = () => {
    setOpen(true);
    setWasOpen(true);
  };
  return (
    <aside
      aria-label="Chain"
      className="flex w-[38px] shrink-0 flex-col border-l border-line bg-panel"
    >
      <button
        ref={handle}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={show}
        className="flex min-h-0 flex-1 flex-col items-center gap-3 py-2.5 text-ink-dim -outline-offset-2 hover:bg-hover hover:text-ink"
      >
        <PanelRightOpen aria-hidden="true" size={16} className="shrink-0" />
        <Handle target={target} />
      </button>
      {wasOpen && (
        <ChainDialog target={target} open={open} onChange={setOpen} finalFocus={handle} />
      )}
    </aside>
  );
}

/** State, name and height of the chain, from top to bottom. */
function Handle({ target }: { target: string }) {
  const chain = useChains().data?.find(({ name }) => name === target);
  const label = useNetworkLabel(target);
  return (
    <>
      {chain && <StateDot tone={chainTone(chain)} label={chainWord(chain)} />}
      <span className="flex min-h-0 gap-2 overflow-hidden text-xs [writing-mode:vertical-rl]">
        <span className="sr-only">Show the chain </span>
        <span className="truncate font-medium text-ink">{label}</span>
        {chain && chain.blockNumber !== null && (
          <span className="shrink-0 font-mono text-2xs nums">#{count(chain.blockNumber)}</span>
        )}
      </span>
    </>
  );
}
