import type { ProjectFiles } from '../../lib/project-files.ts';
import type { LibraryStep } from '../libraries.ts';
import { isVacant } from './is-vacant.ts';

/** Libraries that are imported by the name of their repository on GitHub. */
const known: Record<string, string> = {
  'forge-std': 'foundry-rs/forge-std',
  'openzeppelin-contracts': 'OpenZeppelin/openzeppelin-contracts',
  'openzeppelin-contracts-upgradeable': 'OpenZeppelin/openzeppelin-contracts-upgradeable',
  solady: 'Vectorized/solady',
  solmate: 'transmissions11/solmate',
};

/**
 * Libraries that nothing in the project lists, and that forge can clone: at the version in
 * foundry.lock, otherwise the newest one. They are put into `lib` without a submodule, so the
 * repository's index and history are unchanged.
 */
export function missingByForge(files: ProjectFiles, imports: readonly string[]): LibraryStep[] {
  const names = new Set(imports.map((name) => name.replace(/^lib\//, '').split('/')[0] ?? ''));
  const missing = Object.keys(known).filter(
    (name) => names.has(name) && isVacant(files, `lib/${name}`),
  );
  if (missing.length === 0) return [];
  return [
    {
      tool: 'forge',
      program: 'forge',
      args: [
        ...['install', '--root', files.folder, '--no-git'],
        ...missing.map((name) => `${known[name]}${versionIn(files, `lib/${name}`)}`),
      ],
      folder: files.folder,
      missing: missing.map((name) => `lib/${name}`),
      why: `Nothing in the project says where ${missing.join(', ')} ${missing.length === 1 ? 'comes' : 'come'} from; forge knows it from GitHub.`,
      fits: true,
    },
  ];
}

/** `@tag=…` or `@rev=…` of a foundry.lock; empty without one. */
function versionIn(files: ProjectFiles, place: string): string {
  try {
    const lock = JSON.parse(files.textIfAny('foundry.lock') ?? '{}')[place];
    const tag: unknown = lock?.tag?.name;
    const rev: unknown = lock?.rev ?? lock?.tag?.rev ?? lock?.branch?.rev;
    if (typeof tag === 'string' && /^[\w.][\w./-]*$/.test(tag)) return `@tag=${tag}`;
    return typeof rev === 'string' && /^[0-9a-f]{40}$/.test(rev) ? `@rev=${rev}` : '';
  } catch {
    return '';
  }
}
