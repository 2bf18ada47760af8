import { type ReactNode, useContext, useId, useLayoutEffect, useMemo } from 'react';
import { type CommandRow, CommandsContext, type Destroys } from './command-list.ts';

interface CommandItemProps {
  /** What it does, as a verb phrase; also the text that is searched. */
  title: string;
  /** What is typed to find it, when the title begins with another word, e.g. of `Go to History`. */
  name?: string;
  icon?: ReactNode;
  detail?: ReactNode;
  shortcut?: string;
  /** Other words that find it. */
  keywords?: readonly string[];
  /** Distinguishes two commands with the same title. */
  id?: string | number;
  /** It only leads somewhere: such commands come before those that do something. */
  goes?: boolean;
  /** It takes something away: it is never the first hit, and always asks. */
  destroys?: Destroys;
  /** What copying takes from it, and the word for that. */
  copies?: CommandRow['copies'];
  onSelect(): void;
}

/** A command of the palette. It draws nothing: the palette draws the rows that are in view. */
export function CommandItem(props: CommandItemProps): null {
  const { title, name, icon, detail, shortcut, keywords = [], id, goes = false } = props;
  const { destroys, copies, onSelect } = props;
  const key = useId();
  const around = useContext(CommandsContext);
  const list = around?.list;
  // After every render: what it does may be another.
  useLayoutEffect(() => {
    list?.put({
      key,
      id: id === undefined ? title : `${title} ${id}`,
      ...{ title, name, keywords, icon, detail, shortcut, goes, destroys, copies },
      group: around?.group ?? '',
      run: onSelect,
    });
  });
  useLayoutEffect(() => () => list?.remove(key), [list, key]);
  return null;
}

export function CommandGroup({ title, children }: { title: string; children: ReactNode }) {
  const around = useContext(CommandsContext);
  const list = around?.list;
  const here = useMemo(() => (list ? { list, group: title } : null), [list, title]);
  return <CommandsContext value={here}>{children}</CommandsContext>;
}
