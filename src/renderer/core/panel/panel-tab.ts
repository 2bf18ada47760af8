import type { Container } from '#main/features/containers/contract.ts';

interface Common {
  /** Given by the user, in place of its title. */
  name?: string | undefined;
  /** The log of another page's run doesn't put it behind. */
  pinned?: boolean | undefined;
}

export interface LogTab extends Common {
  kind: 'log';
  /** Of the run. */
  id: number;
  number: number;
  project: string;
  /** Opened by browsing: the next such tab replaces it. */
  passing: boolean;
}

export interface ShellTab extends Common {
  kind: 'shell';
  id: string;
  number: number;
  project: { id: number; name: string };
}

export interface ContainerTab extends Common {
  kind: 'container';
  id: string;
  title: string;
  of: Container['kind'];
}

/** What the terminal panel shows in one tab. */
export type PanelTab = LogTab | ShellTab | ContainerTab;

export type TabKey = `${PanelTab['kind']} ${string}`;

export const keyOf = ({ kind, id }: Pick<PanelTab, 'kind' | 'id'>): TabKey => `${kind} ${id}`;

/** What a tab shows, and where that belongs; together the run's number and project, once. */
export function tabWords(tab: PanelTab): { title: string; place: string } {
  const { title, place } = ownWords(tab);
  if (tab.name === undefined) return { title, place };
  return { title: tab.name, place: tab.kind === 'log' ? `${place} #${tab.number}` : place };
}

function ownWords(tab: PanelTab): { title: string; place: string } {
  if (tab.kind === 'log') return { title: `Deploy #${tab.number}`, place: tab.project };
  if (tab.kind === 'container') return { title: 'Container', place: tab.title };
  const title = tab.number > 1 ? `shell ${tab.number}` : 'shell';
  return { title, place: tab.project.name };
}
