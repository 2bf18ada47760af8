import { useConnection } from '../../connection-state.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';

const command = 'npm start -- --browser';

/** Says how to go on when the core behind this page has ended. */
export function ConnectionBanner() {
  const status = useConnection((state) => state.status);
  if (status !== 'ended' && status !== 'refused') return null;
  return (
    <div className="shrink-0 border-b border-line px-5 py-3">
      <ErrorNotice
        tone="warn"
        message={
          status === 'ended'
            ? 'Drydock has ended. Your chains and runs are safe on disk. Start it again in its folder; this page then goes on by itself or tells you the new address.'
            : 'Drydock was started anew and gave out a new key. Open the address that it printed; this page is from the start before.'
        }
      >
        {status === 'ended' && (
          <Copyable value={command} what="command" className="text-ink-soft">
            {command}
          </Copyable>
        )}
      </ErrorNotice>
    </div>
  );
}
