import type { MenuItemConstructorOptions } from 'electron';
import type { ShellFacts } from './shell-facts.ts';

export interface TrayActions {
  /** Shows a page of the window; absent: the window. */
  show(page?: string): void;
  snapshot(chain: string): void;
  /** Asks before it does anything. */
  revert(chain: string): void;
  quit(): void;
}

type Item = MenuItemConstructorOptions;

const separator: Item = { type: 'separator' };

/** An ampersand would underline what comes after it. */
const plain = (text: string): string => text.replaceAll('&', '&&');

/** The menu of the tray: chains and what can be done with them, and the deployments that run. */
export function trayTemplate({ chains, running }: ShellFacts, actions: TrayActions): Item[] {
  return [
    { label: 'Show Drydock', click: () => actions.show() },
    separator,
    ...chains.map((chain) => chainItem(chain, actions)),
    ...(chains.length > 0 ? [separator] : []),
    ...running.map(({ id, title }) => ({
      label: plain(title),
      click: () => actions.show(`/deployments/${id}`),
    })),
    ...(running.length > 0
      ? [separator]
      : [{ label: 'No deployment runs', enabled: false }, separator]),
    { label: 'Quit Drydock', click: actions.quit },
  ];
}

function chainItem(
  { name, status, block }: ShellFacts['chains'][number],
  actions: TrayActions,
): Item {
  const isRunning = status === 'running';
  const state = isRunning && block !== null ? `block ${block}` : status;
  return {
    label: plain(`${name} – ${state}`),
    submenu: [
      { label: 'Show', click: () => actions.show(`/chains/${encodeURIComponent(name)}`) },
      { label: 'Take a snapshot', enabled: isRunning, click: () => actions.snapshot(name) },
      { label: 'Revert…', enabled: isRunning, click: () => actions.revert(name) },
    ],
  };
}

/** One line: what stands beside the icon when it is pointed at. */
export function trayTip({ chains, running }: ShellFacts): string {
  const alive = chains.filter(({ status }) => status === 'running').length;
  const parts = [
    `${alive} ${alive === 1 ? 'chain runs' : 'chains run'}`,
    ...(running.length > 0
      ? [`${running.length} ${running.length === 1 ? 'deployment' : 'deployments'} running`]
      : []),
  ];
  return `Drydock – ${parts.join(', ')}`;
}
