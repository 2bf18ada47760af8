import {
  Container,
  HardDrive,
  History,
  LayoutDashboard,
  LifeBuoy,
  Moon,
  PanelRight,
  Radio,
  Settings,
  Sun,
  SunMoon,
  Webhook,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { containersPath } from '../features/containers/containers-path.ts';
import { dataPath } from '../features/data/data-path.ts';
import { historyPath } from '../features/deployments/deployment-path.ts';
import { doctorPath } from '../features/doctor/doctor-path.ts';
import { networksPath } from '../features/networks/networks-path.ts';
import { settingsPath } from '../features/settings/settings-path.ts';
import { useSettings } from '../features/settings/use-settings.ts';
import { webhooksPath } from '../features/webhooks/webhooks-path.ts';
import { CommandGroup, CommandItem } from '../ui/command-item.tsx';
import { toggleChainPanel } from './panels-state.ts';

const places: { title: string; path: string; icon: ReactNode; keywords?: string[] }[] = [
  { title: 'Go to Overview', path: '/', icon: <LayoutDashboard size={15} /> },
  { title: 'Go to History', path: historyPath, icon: <History size={15} /> },
  { title: 'Go to Networks', path: networksPath, icon: <Radio size={15} /> },
  {
    title: 'Go to Containers',
    path: containersPath,
    icon: <Container size={15} />,
    keywords: ['docker', 'cpu', 'memory', 'orphans', 'stats'],
  },
  {
    title: 'Go to Data',
    path: dataPath,
    icon: <HardDrive size={15} />,
    keywords: ['backup', 'restore', 'disk', 'prune', 'retention', 'size', 'cache'],
  },
  { title: 'Go to Doctor', path: doctorPath, icon: <LifeBuoy size={15} /> },
  { title: 'Go to Settings', path: settingsPath, icon: <Settings size={15} /> },
  { title: 'Go to Webhooks', path: webhooksPath, icon: <Webhook size={15} /> },
];

const themes = [
  { theme: 'dark', title: 'Use the dark theme', icon: <Moon size={15} /> },
  { theme: 'light', title: 'Use the light theme', icon: <Sun size={15} /> },
  { theme: 'system', title: 'Use the system’s theme', icon: <SunMoon size={15} /> },
] as const;

/** Where to go, and how the window looks. */
export function WindowCommands() {
  const [, navigate] = useLocation();
  const { change } = useSettings();
  return (
    <CommandGroup title="Window">
      {places.map(({ title, path, icon, keywords }) => (
        <CommandItem
          key={path}
          title={title}
          icon={icon}
          keywords={keywords}
          onSelect={() => navigate(path)}
        />
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
