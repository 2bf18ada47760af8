import type { ComponentType } from 'react';
import type { Chain } from '#main/features/chains/contract.ts';
import type { ContractDetail } from '#main/features/contracts/contract/detail.ts';
import type { Deployment } from '#main/features/deployments/contract.ts';
import type { TransactionDetail } from '#main/features/explorer/contract/transactions.ts';
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
  /** Below what a chain is, on its page and beside the pages of its target. */
  'chain.sections': { chain: Chain };
  /** The same on its page alone, over the whole width. */
  'chain.page': { chain: Chain };
  /** Mounted once, while the window is open. */
  background: InView;
  /** In front of how many deployments there are. */
  'history.count': object;
  /** In place of the history's rows: those that wait for a decision. */
  'history.attention': { project?: number; target?: string };
  'overview.sections': object;
  /** The narrow column at the right of the overview. */
  'overview.beside': object;
  /** While there is no project: what this machine has. */
  'welcome.machine': object;
  'project.header': { project: Project };
  'project.settings': { project: Project };
  /** Below the form of a deploy: what to know before it. `entry`: what is deployed, once it is known. */
  'deploy.notices': { project: number; target: string; entry: string | undefined };
  /** Of a contract that a deployment of the project has made, by the name of its artifact. */
  'contract.actions': { project: number; contract: string };
  'transaction.actions': { detail: TransactionDetail };
  /** Of a contract that others run behind. */
  'proxy.actions': { network: string; address: string };
  /** Of what stands at an address, on the tab of its code. */
  'contract.code': { contract: ContractDetail };
  'run.actions': { run: Deployment };
  'run.sections': { run: Deployment };
  /** Below how a run has ended, wherever it is shown. */
  'run.ended': { run: Deployment };
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
