import { Fragment } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import {
  hideInstallation,
  type Installation,
  installLibraries,
  useInstallation,
} from './install-state.ts';

const LogTerminal = lazyPart(
  async () => (await import('../../ui/terminal/log-terminal.tsx')).LogTerminal,
);

const words = {
  running: 'The project’s own tools run, on this machine. It continues when this is closed.',
  done: 'Everything is installed.',
  failed: 'It did not reach its end; the last lines say why.',
};

/** The output of an installation of libraries, as it arrives. */
export function InstallDialog() {
  const { last, shown } = useInstallation();
  return (
    <Dialog
      title="Install libraries"
      description={<span role="status">{last && words[last.state]}</span>}
      open={shown && last !== null}
      onClose={hideInstallation}
      wide
    >
      {last && <Output installation={last} />}
    </Dialog>
  );
}

function Output({ installation }: { installation: Installation }) {
  const { log, state, stop, input, then } = installation;
  const deploy = () => {
    hideInstallation();
    then();
  };
  return (
    <>
      <div className="h-72 overflow-hidden rounded-lg border border-line">
        <LogTerminal buffer={log} label="Installation" />
      </div>
      <DialogActions>
        {/* Keys: a press on Cancel as it ends must not become one on what takes its place. */}
        {state === 'running' ? (
          <Fragment key="running">
            <Button onClick={hideInstallation}>Hide</Button>
            <Button variant="danger" onClick={stop}>
              Cancel the installation
            </Button>
          </Fragment>
        ) : (
          <Fragment key={state}>
            <Button onClick={hideInstallation}>Not now</Button>
            {state === 'done' ? (
              <Button variant="primary" onClick={deploy}>
                Deploy again
              </Button>
            ) : (
              <Button variant="primary" onClick={() => void installLibraries(input, then)}>
                Try again
              </Button>
            )}
          </Fragment>
        )}
      </DialogActions>
    </>
  );
}
