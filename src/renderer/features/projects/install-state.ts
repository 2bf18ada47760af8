import { create } from 'zustand';
import type { InstallInput } from '#main/features/projects/contract.ts';
import { client } from '../../core/client.ts';
import { problemOf } from '../../core/problems/problem.ts';
import { asTrusted } from '../../core/trust.ts';
import { LogBuffer } from '../../ui/terminal/log-buffer.ts';
import { toast } from '../../ui/toast.ts';

export interface Installation {
  input: InstallInput;
  log: LogBuffer;
  state: 'running' | 'done' | 'failed';
  /** Ends the installation. */
  stop(): void;
  /** What needs the libraries. */
  then(): void;
}

interface Installations {
  /** The last installation started here; it continues while its dialog is closed. */
  last: Installation | null;
  shown: boolean;
}

export const useInstallation = create<Installations>(() => ({ last: null, shown: false }));

export const hideInstallation = () => useInstallation.setState({ shown: false });

/** Installs libraries of a project, or shows the running installation. */
export async function installLibraries(input: InstallInput, then: () => void): Promise<void> {
  const running = useInstallation.getState().last?.state === 'running';
  useInstallation.setState({ shown: true });
  if (running) return;
  const abort = new AbortController();
  const log = new LogBuffer();
  const show = (state: Installation['state']) => {
    const last = { input, log, state, stop: () => abort.abort(), then };
    useInstallation.setState({ last });
  };
  show('running');
  try {
    const ask = () => client.projects.install(input, { signal: abort.signal });
    const output = await asTrusted(input.project, 'install', ask);
    if (!output) return useInstallation.setState({ last: null, shown: false });
    for await (const lines of output) log.push(lines.map((line) => ({ ...line, kind: 'stdout' })));
    show('done');
  } catch (error) {
    const text = abort.signal.aborted ? 'Cancelled.' : problemOf(error).message;
    log.push([{ seq: log.end + 1, at: Date.now(), kind: 'bad', text }]);
    show('failed');
  }
  if (useInstallation.getState().shown) return;
  if (useInstallation.getState().last?.state === 'failed')
    toast.error('Libraries are not installed');
  else
    toast.success('Libraries are installed', { action: { label: 'Deploy again', onClick: then } });
}
