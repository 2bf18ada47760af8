import { createContext, type ReactNode } from 'react';

/** What a command takes away, and how that is asked: by this question, or by one of its own. */
export type Destroys = 'asks itself' | { question: string; text: string; confirm: string };

/** One line of the palette. */
export interface CommandRow {
  /** Of its place in the list. */
  key: string;
  /** The same as long as it means the same: what was used is remembered by it. */
  id: string;
  title: string;
  /** What is typed to find it, when its title begins with another word. */
  name?: string;
  /** Other words that find it. */
  keywords: readonly string[];
  icon: ReactNode;
  detail: ReactNode;
  shortcut: string | undefined;
  group: string;
  /** It only leads somewhere. */
  goes: boolean;
  destroys: Destroys | undefined;
  /** What copying takes from it, and the word for that. */
  copies: { text: string; what: string } | undefined;
  run(): void;
}

/** The commands that are mounted in the palette, in their order. */
export class CommandList {
  readonly #rows = new Map<string, CommandRow>();
  readonly #listeners = new Set<() => void>();
  #all: readonly CommandRow[] = [];
  #told = true;

  put(row: CommandRow): void {
    this.#rows.set(row.key, row);
    this.#tell();
  }

  remove(key: string): void {
    this.#rows.delete(key);
    this.#tell();
  }

  readonly all = (): readonly CommandRow[] => this.#all;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Many come and go at once: they are told together. */
  #tell(): void {
    if (!this.#told) return;
    this.#told = false;
    queueMicrotask(() => {
      this.#told = true;
      this.#all = [...this.#rows.values()];
      for (const listener of this.#listeners) listener();
    });
  }
}

/** What the commands of one palette share. */
export interface CommandsAround {
  list: CommandList;
  group: string;
}

export const CommandsContext = createContext<CommandsAround | null>(null);

/** What is typed in the palette. */
export const CommandText = createContext('');
