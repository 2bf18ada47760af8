import { type DragEvent, type ReactNode, useState } from 'react';
import { ContextMenu } from '../../ui/context-menu.tsx';
import type { MenuItem } from '../../ui/menu-items.ts';

interface ArrangedItemProps {
  /** Of the list: things of another one can't be dropped here. */
  list: 'chains' | 'projects';
  /** What is dropped elsewhere. */
  id: string;
  /** Name of its menu. */
  label: string;
  items(): readonly MenuItem[];
  /** Puts what was dragged before this one. */
  onDrop(dragged: string): void;
  children: ReactNode;
}

/** A line of a list that the user puts in order: by dragging, and by its menu. */
export function ArrangedItem({ list, id, label, items, onDrop, children }: ArrangedItemProps) {
  const [isOver, setIsOver] = useState(false);
  // No folder that is dropped on the window.
  const type = `application/x-drydock-${list}`;
  const isOfList = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes(type);
  return (
    <ContextMenu
      label={label}
      items={items}
      className={isOver ? 'rounded-md shadow-[0_-2px_0_0_var(--color-accent)]' : 'rounded-md'}
      render={
        // biome-ignore lint/a11y/noStaticElementInteractions: the menu moves it, too
        <div
          draggable
          onDragStart={({ dataTransfer }) => {
            dataTransfer.setData(type, id);
            dataTransfer.effectAllowed = 'move';
          }}
          onDragOver={(event) => {
            if (!isOfList(event)) return;
            event.preventDefault();
            setIsOver(true);
          }}
          onDragLeave={() => setIsOver(false)}
          onDrop={(event) => {
            if (!isOfList(event)) return;
            event.preventDefault();
            setIsOver(false);
            const dragged = event.dataTransfer.getData(type);
            if (dragged !== id) onDrop(dragged);
          }}
        />
      }
    >
      {children}
    </ContextMenu>
  );
}
