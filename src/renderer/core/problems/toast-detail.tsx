import { ReadMore } from './docs-link.tsx';

/** Below the message of a problem that no page shows. */
export function ToastDetail({ code, command }: { code: string; command?: string }) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-3">
      {command && <span>{command}</span>}
      <ReadMore code={code} />
    </span>
  );
}
