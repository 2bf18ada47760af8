import { navigate } from 'wouter/use-browser-location';

/** Of an address such as `/#/deployments/7`. Two slashes would begin another host's name. */
const pageInFragment = /^#(\/(?![/\\]).*)$/;

/** The page that a fragment names, null for any other fragment. */
export const pageOfFragment = (fragment: string): string | null =>
  pageInFragment.exec(fragment)?.[1] ?? null;

/**
 * Leads addresses that name their page behind a `#` to that page, now and whenever one is opened:
 * links made by earlier versions, and what the shell leads an open window to without loading it anew.
 */
export function followFragments(): void {
  const follow = () => {
    const page = pageOfFragment(location.hash);
    if (page === null) return;
    // Earlier versions kept the query of a page before the fragment, always at the root.
    const query = location.pathname === '/' && !page.includes('?') ? location.search : '';
    navigate(page + query, { replace: true });
  };
  follow();
  addEventListener('hashchange', follow);
}
