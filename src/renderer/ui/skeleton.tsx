/** Holds the place of what is loading, so that nothing jumps when it comes. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-2">
      {Array.from({ length: rows }, (_, row) => (
        <div key={String(row)} className="h-[35px] rounded-md bg-raised" />
      ))}
    </div>
  );
}
