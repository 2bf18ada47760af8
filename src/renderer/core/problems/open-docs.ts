/** Notes where the window is, which the documentation leads back to. */
export function noteBeforeDocs(): void {
  sessionStorage.setItem('drydock.before-docs', location.href);
}

/** Opens a page of the documentation: a path below /docs. */
export function openDocs(page: string): void {
  noteBeforeDocs();
  location.assign(page);
}
