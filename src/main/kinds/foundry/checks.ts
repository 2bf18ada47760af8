import type { Engine } from '../../engines/engine.ts';
import { toolCheck } from '../../engines/tool-check.ts';
import type { InstalledTools } from '../../engines/tools.ts';
import type { Finding, NamedCheck } from '../../shared/check.ts';
import type { CompilerStore } from './compilers.ts';
import { knownFaults } from './faults.ts';
import { forge } from './tools.ts';

export interface CheckDependencies {
  dataFolder: string;
  engine: Pick<Engine, 'tool'> & InstalledTools;
}

export const foundryChecks = ({ dataFolder, engine }: CheckDependencies): NamedCheck[] => [
  forgeCheck(engine),
  {
    id: 'solc',
    title: 'solc',
    async look() {
      // No other check of the doctor needs it.
      const { compilerStore } = await import('./compilers.ts');
      return compilersFinding(await compilerStore({ dataFolder }).overview());
    },
  },
];

/** The one that runs by default, what is known against it, and which others are installed. */
function forgeCheck(engine: CheckDependencies['engine']): NamedCheck {
  const check = toolCheck(forge, engine);
  return {
    ...check,
    async look() {
      const [finding, installed] = await Promise.all([check.look(), engine.installed(forge.name)]);
      const others = installed.filter(({ isDefault }) => !isDefault).map(({ version }) => version);
      const also = others.length > 0 ? `; also installed: ${others.join(', ')}` : '';
      const used = installed.find(({ isDefault }) => isDefault)?.version;
      const faults = used === undefined ? [] : knownFaults(used);
      const detail = finding.detail + also;
      return faults.length === 0
        ? { ...finding, detail }
        : { status: 'warning', detail, remedy: faults.join(' ') };
    },
  };
}

function compilersFinding({
  installed,
  shipped,
  online,
}: Awaited<ReturnType<CompilerStore['overview']>>): Finding {
  const native = installed.length > 0 ? `native ${installed.join(', ')}` : 'no native one yet';
  const own = shipped ? `; JavaScript build ${shipped} shipped with Drydock` : '';
  if (online || installed.length > 0) {
    const fetched = online ? '; forge downloads others as needed' : '';
    return { status: 'ok', detail: `${native}${own}${fetched}`, remedy: null };
  }
  return {
    status: 'warning',
    detail: `${native}, and the download site can't be reached${own}`,
    remedy: shipped
      ? 'Compiling works, but slowly. Go online once so that forge can download native compilers.'
      : 'Go online once so that forge can download a compiler.',
  };
}
