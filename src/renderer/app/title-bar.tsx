import { Moon, PanelRight, Search, Settings, Sun } from 'lucide-react';
import { useLocation } from 'wouter';
import { ariaKeys, keyWords } from '../core/keys/key-words.ts';
import { keys } from '../core/keys/keys.ts';
import { settingsPath } from '../core/paths.ts';
import { useSettings } from '../core/queries/use-settings.ts';
import { ActivityButton } from '../features/events/activity-button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { setPalette } from './palette-state.ts';
import { toggleChainPanel, usePanels } from './panels-state.ts';
import { appliedTheme } from './theme.ts';

/** Moves the desktop window, and opens the search. */
export function TitleBar() {
  const [, navigate] = useLocation();
  const { settings, change } = useSettings();
  const chainPanel = usePanels((state) => state.chain);
  const theme = appliedTheme(settings?.theme ?? 'system');
  return (
    <header className="app-drag grid h-10 shrink-0 grid-cols-[1fr_minmax(0,420px)_1fr] items-center gap-4 border-b border-line bg-panel px-3.5">
      <span className="pl-[env(titlebar-area-x,0)] text-sm font-semibold tracking-tight text-ink-soft">
        Drydock
      </span>
      <button
        type="button"
        aria-keyshortcuts={ariaKeys(keys.palette)}
        onClick={() => setPalette(true)}
        className="app-no-drag flex h-[26px] min-w-0 items-center gap-2 rounded-md border border-line-strong bg-ground px-2.5 text-sm text-ink-dim hover:bg-hover"
      >
        <Search aria-hidden="true" size={14} className="shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">
          Search projects, contracts, runs, commands
        </span>
        <Kbd quiet>{keyWords(keys.palette)}</Kbd>
      </button>
      <div className="flex items-center justify-end gap-1">
        <IconButton
          label={chainPanel ? 'Hide the chain' : 'Show the chain'}
          aria-pressed={chainPanel}
          icon={<PanelRight size={16} />}
          onClick={toggleChainPanel}
        />
        <IconButton
          label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
          icon={theme === 'dark' ? <Sun size={16} /> : <Moon size={16} />}
          onClick={() => void change({ theme: theme === 'dark' ? 'light' : 'dark' })}
        />
        <ActivityButton />
        <IconButton
          label="Settings"
          icon={<Settings size={16} />}
          onClick={() => navigate(settingsPath)}
        />
      </div>
    </header>
  );
}
