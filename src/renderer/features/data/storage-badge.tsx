import { Link } from 'wouter';
import { dataPath } from '../../core/paths.ts';
import { useInfo } from '../../core/queries/use-info.ts';
import { storageWord } from './storage-word.ts';

/** Warns in the status bar that nothing more can be recorded. */
export function StorageLink() {
  const storage = useInfo().data?.storage;
  if (!storage || storage === 'ok') return null;
  return (
    <Link href={dataPath} role="status" className="text-bad hover:underline">
      {storageWord[storage]}
    </Link>
  );
}

/** The same in the sidebar. */
export function StorageBadge() {
  const storage = useInfo().data?.storage;
  if (!storage || storage === 'ok') return null;
  return <span className="text-2xs text-bad">{storageWord[storage]}</span>;
}
