import { type CSSProperties, useEffect } from 'react';
import { Toaster, toast } from 'sonner';
import { useInView } from '../core/in-view.ts';
import { useSettings } from '../core/queries/use-settings.ts';
import { showToastsOn } from '../ui/toast.ts';
import { appliedTheme } from './theme.ts';
import { useChainPanel } from './use-chain-panel.ts';

const statusBar = 26;
const gap = 12;
/** And below open lists and menus, whose entries a notice would keep from being pressed. */
const aboveDialogs = 45;

/**
 * Notices, placed so that they don't cover the buttons and snapshots that they may be about, or a
 * log: in the page's lower right corner, above the terminal and beside the chain panel.
 */
export function Toasts() {
  const theme = useSettings().settings?.theme ?? 'system';
  const chainPanel = useChainPanel(useInView().target);
  // After the effect of what shows them, which would not see an earlier one.
  useEffect(() => showToastsOn(toast), []);
  return (
    <Toaster
      theme={appliedTheme(theme)}
      position="bottom-right"
      offset={{
        bottom: `calc(var(--terminal, 0px) + ${statusBar + gap}px)`,
        right: chainPanel ? `calc(var(--chain-panel) + ${gap}px)` : gap,
      }}
      visibleToasts={4}
      gap={8}
      style={{ '--width': '340px', zIndex: aboveDialogs } as CSSProperties}
      className="[--chain-panel:300px] max-xl:[--chain-panel:264px]"
      toastOptions={{
        classNames: {
          toast:
            '!items-start !flex-wrap !rounded-lg !border-line-strong !bg-raised !p-3 !font-sans !text-ink !shadow-pop',
          icon: '!mt-0.5',
          content: '!min-w-0 !flex-1 !basis-[calc(100%-2.5rem)]',
          title: '!text-sm !font-medium !break-words',
          description: '!text-xs !text-ink-dim !break-words',
          actionButton: '!ml-6 !h-[26px] !bg-accent !px-2.5 !font-medium !text-on-accent',
          closeButton: '!border-line-strong !bg-raised !text-ink-soft',
          success: '[&_[data-icon]]:!text-ok',
          error: '[&_[data-icon]]:!text-bad',
          warning: '[&_[data-icon]]:!text-warn',
          info: '[&_[data-icon]]:!text-accent',
        },
      }}
    />
  );
}
