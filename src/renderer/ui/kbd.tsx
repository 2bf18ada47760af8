/** A key, only visually: the control itself names it with `aria-keyshortcuts`. */
export function Kbd({ children, quiet }: { children: string; quiet?: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={`inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border px-1 text-2xs ${
        quiet ? 'border-line-strong text-ink-dim' : 'border-current/30'
      }`}
    >
      {children}
    </span>
  );
}
