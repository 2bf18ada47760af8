import { ChevronRight } from 'lucide-react';
import { Link } from 'wouter';
import { transactionsPath } from '../paths.ts';

/** The network that a page is about; leads back to its transactions. */
export function Crumbs({ network }: { network: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Link href={transactionsPath(network)} className="text-accent hover:underline">
        {network}
      </Link>
      <ChevronRight aria-hidden="true" size={13} />
    </span>
  );
}
