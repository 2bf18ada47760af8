import { Slot } from '../core/feature/slot.tsx';

/** The target of the open page. */
export function RightPanel({ target }: { target: string }) {
  return (
    <aside
      aria-label="Chain"
      data-selectable
      className="w-[300px] shrink-0 overflow-y-auto border-l border-line bg-panel p-3.5 max-xl:w-[264px]"
    >
      <Slot name="target.panel" target={target} />
    </aside>
  );
}
