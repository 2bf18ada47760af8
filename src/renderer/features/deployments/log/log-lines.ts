import type { DeploymentStatus, JournalEvent } from '#main/shared/run.ts';
import type { LogLine } from '../../../ui/terminal/log-buffer.ts';

const endings: Partial<Record<DeploymentStatus, { kind: LogLine['kind']; text: string }>> = {
  succeeded: { kind: 'good', text: 'Deployed' },
  failed: { kind: 'bad', text: 'Failed' },
  cancelled: { kind: 'warning', text: 'Cancelled' },
  interrupted: { kind: 'warning', text: 'Interrupted: Drydock ended while this run was going on' },
};

/** The lines that an event adds to the log: none, or one for each line of its text. */
export function logLines(event: JournalEvent): LogLine[] {
  const { seq, at } = event;
  switch (event.type) {
    case 'log':
      return [
        { seq, at, kind: event.stream === 'drydock' ? 'own' : event.stream, text: event.text },
      ];
    case 'command':
      return [{ seq, at, kind: 'command', text: event.command }];
    case 'warning':
      return event.message.split('\n').map((text) => ({ seq, at, kind: 'warning', text }));
    case 'status': {
      const ending = endings[event.status];
      if (!ending) return [];
      // The log already has a line with the reason of the failure.
      return [{ seq, at, ...ending }];
    }
    default:
      return [];
  }
}
