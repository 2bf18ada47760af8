import { FilePlus2, Plus } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Slot } from '../../core/feature/slot.tsx';
import { useKinds, useMarkers } from '../../core/queries/use-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { openAddProject } from './add-project-state.ts';
import { openNewProject } from './new-project-state.ts';

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex gap-4 border-line px-5 py-4 not-first:border-t">
      <span
        aria-hidden="true"
        className="flex size-6 shrink-0 items-center justify-center rounded-full border border-line-strong text-xs text-ink-soft"
      >
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="mb-1.5 text-base font-semibold">{title}</h2>
        {children}
      </div>
    </li>
  );
}

/** The way to the first deployment, while there is no project. */
export function Welcome() {
  const markers = useMarkers();
  const offline = useKinds().find(({ template }) => template?.isOffline);
  return (
    <ol aria-label="First steps" className="max-w-2xl rounded-lg border border-line bg-panel">
      <Step number={1} title="This machine">
        <Slot name="welcome.machine" />
      </Step>
      <Step number={2} title="Add a project">
        <p className="mb-2 text-sm text-ink-dim">
          A folder with a{' '}
          {markers.map((marker, index) => (
            <Fragment key={marker}>
              {index > 0 && ' or '}
              <code className="font-mono">{marker}</code>
            </Fragment>
          ))}
          , or a new one
          {offline && `: that of ${offline.label} can be deployed at once, also without a network`}.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button
            variant="primary"
            icon={<Plus aria-hidden="true" size={15} />}
            onClick={openAddProject}
          >
            Add project
          </Button>
          <Button icon={<FilePlus2 aria-hidden="true" size={15} />} onClick={openNewProject}>
            New project…
          </Button>
        </div>
      </Step>
      <Step number={3} title="Deploy it">
        <p className="text-sm text-ink-dim">
          Press <kbd className="font-mono">D</kbd> on its page. A chain starts by itself; it is kept
          as it is with <kbd className="font-mono">S</kbd>, and a deployment taken back with{' '}
          <kbd className="font-mono">R</kbd>.
        </p>
      </Step>
    </ol>
  );
}
