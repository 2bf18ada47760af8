import type { ComponentType } from 'react';
import type { Deployment } from '#main/features/deployments/contract.ts';
import type { Project } from '#main/features/projects/contract.ts';
import type { Settings } from '#main/features/settings/contract.ts';

/** The project and the target of the open page. */
export interface InView {
  project: Project | null;
  target: string;
}

/** The places to which features contribute, and the values passed there. */
export interface SlotProps {
  /** Blocks of the sidebar between the overview and the running items. */
  sidebar: object;
  /** Groups of the command palette; nothing destructive may be its first hit. */
  commands: InView;
  /** Dialogs that can be opened from anywhere. */
  overlays: object;
  banners: object;
  /** The ends of the status bar. */
  'status.start': object;
  'status.end': object;
  /** Beside the page: its target. */
  'target.panel': { target: string };
  /** Mounted once, while the window is open. */
  background: InView;
  'overview.sections': object;
  'project.header': { project: Project };
  'project.settings': { project: Project };
  /** Of a contract that a deployment of the project has made, by the name of its artifact. */
  'contract.actions': { project: number; contract: string };
  'run.actions': { run: Deployment };
  'run.sections': { run: Deployment };
  'settings.sections': {
    settings: Settings;
    change(part: Partial<Settings>): Promise<boolean>;
  };
  'settings.notifications': SlotProps['settings.sections'];
  'data.sections': object;
}

export type SlotName = keyof SlotProps;

interface Filling<Props> {
  /** Lower ones come first. */
  order: number;
  Part: ComponentType<Props>;
}

export type Slots = { readonly [name in SlotName]?: readonly Filling<SlotProps[name]>[] };
