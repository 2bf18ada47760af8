import { useInfo } from '../../core/queries/use-info.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { storageWords } from './storage-word.ts';

/** Warns on every page that nothing can be recorded because the data folder is missing. */
export function DataFolderBanner() {
  if (useInfo().data?.storage !== 'gone') return null;
  return (
    <div className="shrink-0 border-b border-line px-5 py-3">
      <ErrorNotice message={storageWords.gone} />
    </div>
  );
}
