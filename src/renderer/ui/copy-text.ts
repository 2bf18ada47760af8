import { toast } from 'sonner';

/** Copies, and confirms it; reports when the browser refuses. What is secret is not shown by that. */
export async function copyText(
  value: string,
  what: string,
  { isSecret = false }: { isSecret?: boolean } = {},
): Promise<void> {
  const description = isSecret ? undefined : value;
  try {
    await navigator.clipboard.writeText(value);
    toast.success(`Copied ${what}`, { description, duration: 2000 });
  } catch {
    toast.error(`The browser did not allow copying the ${what}. Select it and copy it by hand.`, {
      description,
    });
  }
}
