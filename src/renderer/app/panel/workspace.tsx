import { Group, Panel, Separator } from 'react-resizable-panels';
import { useLocation } from 'wouter';
import { cx } from '../../ui/cx.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { laterPart } from '../../ui/lazy-part.tsx';
import { Routes } from '../routes.tsx';
import { barHeight, usePanelSize } from './use-panel-size.ts';

/** Only what there is something to show in is loaded at once. */
const Terminal = laterPart<{ isEmpty: boolean }>(
  async () => (await import('./bottom-panel.tsx')).BottomPanel,
  ({ isEmpty }) => !isEmpty,
);

/** The page above, the terminal below, with a movable divider. */
export function Workspace() {
  const [location] = useLocation();
  // The tabs of one project are one page.
  const page = location.split('/').slice(0, 3).join('/');
  const { group, panel, isEmpty, isMaximised } = usePanelSize();
  return (
    <main className="relative flex min-w-0 flex-1">
      <Group orientation="vertical" {...group} className="min-w-0 flex-1">
        <Panel id="page" minSize={180}>
          <div inert={isMaximised} className="h-full min-h-0 overflow-hidden">
            <ErrorBoundary key={page}>
              <Routes />
            </ErrorBoundary>
          </div>
        </Panel>
        <Separator
          aria-label="Height of the terminal"
          disabled={isEmpty}
          className={cx(
            'h-[3px] shrink-0 bg-transparent outline-none hover:bg-accent/60 focus-visible:bg-accent data-[separator=active]:bg-accent',
            (isEmpty || isMaximised) && 'invisible',
          )}
        />
        <Panel
          id="log"
          collapsible
          collapsedSize={barHeight}
          groupResizeBehavior="preserve-pixel-size"
          {...panel}
        >
          <div
            className={cx('bg-sunken', isMaximised ? 'absolute inset-0 z-10' : 'relative h-full')}
          >
            <div
              aria-hidden="true"
              style={{ height: barHeight }}
              className="absolute inset-x-0 top-0 border-y border-line bg-panel"
            />
            <div className="relative h-full">
              <Terminal isEmpty={isEmpty} />
            </div>
          </div>
        </Panel>
      </Group>
    </main>
  );
}
