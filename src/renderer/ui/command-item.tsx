import { Command } from 'cmdk';
import { createContext, type ReactNode, useContext } from 'react';
import { Kbd } from './kbd.tsx';

/** Closes the palette that contains a command. */
export const CloseCommands = createContext<() => void>(() => undefined);

interface CommandItemProps {
  /** What it does, as a verb phrase; also the text that is searched. */
  title: string;
  icon?: ReactNode;
  detail?: ReactNode;
  shortcut?: string;
  /** Other words that find it. */
  keywords?: string[];
  /** Distinguishes two commands with the same title. */
  id?: string | number;
  onSelect(): void;
}

export function CommandItem(props: CommandItemProps) {
  const { title, icon, detail, shortcut, keywords, id, onSelect } = props;
  const close = useContext(CloseCommands);
  return (
    <Command.Item
      value={id === undefined ? title : `${title} ${id}`}
      keywords={keywords}
      onSelect={() => {
        close();
        onSelect();
      }}
      className="flex h-[32px] cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm select-none data-[selected=true]:bg-hover"
    >
      <span aria-hidden="true" className="flex w-4 shrink-0 justify-center text-ink-dim">
        {icon}
      </span>
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {detail && <span className="truncate text-xs text-ink-dim nums">{detail}</span>}
      {shortcut && <Kbd quiet>{shortcut}</Kbd>}
    </Command.Item>
  );
}

export function CommandGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-ink-dim"
    >
      {children}
    </Command.Group>
  );
}
