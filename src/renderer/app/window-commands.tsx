import { Moon, PanelRight, Sun, SunMoon } from 'lucide-react';
import { useLocation } from 'wouter';
import type { Place } from '../core/feature/feature.ts';
import { useFeatures } from '../core/feature/features-context.ts';
import { keyWords } from '../core/keys/key-words.ts';
import { goKey } from '../core/keys/keys.ts';
import { useSettings } from '../core/queries/use-settings.ts';
import { CommandGroup, CommandItem } from '../ui/command-item.tsx';
import { toggleChainPanel } from './panels-state.ts';

const themes = [
  { theme: 'dark', title: 'Use the dark theme', icon: <Moon size={15} /> },
  { theme: 'light', title: 'Use the light theme', icon: <Sun size={15} /> },
  { theme: 'system', title: 'Use the system’s theme', icon: <SunMoon size={15} /> },
] as const;

function GoTo({ place }: { place: Place }) {
  const { title, Icon, keywords, useDetail } = place;
  const [, navigate] = useLocation();
  const path = place.usePath?.() ?? place.path;
  const key = goKey(title, place.path);
  return (
    <CommandItem
      title={`Go to ${title}`}
      name={title}
      goes
      icon={<Icon size={15} />}
      detail={useDetail?.()}
      shortcut={key ? keyWords(key) : undefined}
      keywords={keywords}
      onSelect={() => navigate(path)}
    />
  );
}

/** Commands for navigation, and for the window's appearance. */
export function WindowCommands() {
  const places = useFeatures().flatMap((feature) => feature.places ?? []);
  const { change } = useSettings();
  return (
    <CommandGroup title="Window">
      {places.map((place) => (
        <GoTo key={place.path} place={place} />
      ))}
      {themes.map(({ theme, title, icon }) => (
        <CommandItem
          key={theme}
          title={title}
          icon={icon}
          keywords={['toggle theme', 'colours', 'appearance']}
          onSelect={() => void change({ theme })}
        />
      ))}
      <CommandItem
        title="Show or hide the chain"
        icon={<PanelRight size={15} />}
        keywords={['panel', 'right', 'toggle']}
        onSelect={toggleChainPanel}
      />
    </CommandGroup>
  );
}
