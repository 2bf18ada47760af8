import { toast } from './toast.ts';

interface CopyOptions {
  /** A secret is not shown when it was copied; a long text isn't either. */
  isSecret?: boolean;
  isLong?: boolean;
}

/** Copies, and confirms it; reports when the browser refuses. */
export async function copyText(
  value: string,
  what: string,
  { isSecret = false, isLong = false }: CopyOptions = {},
): Promise<void> {
  const description = isSecret || isLong ? undefined : value;
  try {
    await navigator.clipboard.writeText(value);
    toast.success(`Copied ${what}`, { description, duration: 2000 });
  } catch {
    toast.error(`The browser did not allow copying the ${what}. Select it and copy it by hand.`, {
      description,
    });
  }
}
