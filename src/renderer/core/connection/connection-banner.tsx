import { Copyable } from '../../ui/copyable.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useConnection } from './connection-state.ts';

const ways = {
  ended: {
    message:
      'Drydock has ended. Your chains and runs are safe on disk. Start it again in its folder; this page then continues by itself or tells you the new address.',
    command: 'npm start -- --browser',
  },
  refused: {
    message:
      'Drydock has a new key since this page was opened, and refuses the old one. Nothing is lost: open it again with this command, or with the address that Drydock prints.',
    command: 'drydock host --open',
  },
};

/** Explains how to continue when the core of this page has ended, or rejects its token. */
export function ConnectionBanner() {
  const status = useConnection((state) => state.status);
  if (status !== 'ended' && status !== 'refused') return null;
  const { message, command } = ways[status];
  return (
    <div className="shrink-0 border-b border-line px-5 py-3">
      <ErrorNotice tone="warn" message={message}>
        <Copyable value={command} what="command" className="text-ink-soft">
          {command}
        </Copyable>
      </ErrorNotice>
    </div>
  );
}
