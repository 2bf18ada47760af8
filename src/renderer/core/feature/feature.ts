import type { QueryKey } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import type { Change } from '#main/features/app/contract.ts';
import type { Slots } from './slots.ts';

/** A page and its address, as a pattern such as `/chains/:name`. */
export interface Page {
  path: string;
  Page: ComponentType<{ params: Partial<Record<string, string>> }>;
}

/** A page that is reached by its name: from the command palette, and from the sidebar. */
export interface Place {
  title: string;
  path: string;
  Icon: ComponentType<{ size?: number }>;
  /** Other words that find it. */
  keywords?: string[];
  /** Where it leads, when that depends on what is in view. */
  usePath?(): string;
  /** Addresses of pages that belong to it: in the sidebar it is the current one there, too. */
  pages?: RegExp;
  /** Its position in the sidebar; missing: only in the palette. */
  sidebar?: 'head' | 'inside' | 'runtime' | 'foot';
  /** Shown at the end of its line in the sidebar. */
  End?: ComponentType;
  /** Of its line in the palette. */
  useDetail?(): string | undefined;
}

/** One tab of a project's page. `id` is the last part of its address. */
export interface ProjectTab {
  id: string;
  label: string;
  order: number;
  Count?: ComponentType<{ project: number }>;
  Tab: ComponentType<{ project: number }>;
}

/** A remedy that takes more than a call: `then` names the action that needed it. */
export type Remedy = (input: Record<string, unknown>, then: () => void) => void;

/** Which queries a change makes out of date, by the change's topic. */
export type Touches = {
  [topic in Change['topic']]?: (key: Change['key']) => QueryKey[];
};

/** Everything that a feature shows in the window. */
export interface Feature {
  /** The name of its folder, and of the core's feature that it is the screen of. */
  name: string;
  pages?: readonly Page[];
  places?: readonly Place[];
  projectTabs?: readonly ProjectTab[];
  /** What it adds to the window and to pages of other features. */
  slots?: Slots;
  /** By the name of the procedure. */
  remedies?: Readonly<Record<string, Remedy>>;
  touches?: Touches;
  /** Dialogs that an address of the window opens, by name: `/open/<name>/<argument>`. */
  dialogs?: Readonly<Record<string, (argument: string | undefined) => void>>;
  /** Effects that run while the window is open. */
  follow?(signal: AbortSignal): Promise<void>;
}
