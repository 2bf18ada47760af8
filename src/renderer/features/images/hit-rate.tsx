import { Link } from 'wouter';
import { imagesPath } from '../../core/paths.ts';
import { useHitRate } from './use-images.ts';

/** How often an image existed when it was needed, in the status bar. */
export function HitRate() {
  const hits = useHitRate();
  if (hits === null) return null;
  return (
    <Link href={imagesPath} className="hover:underline">
      Image cache {hits} % hits
    </Link>
  );
}
