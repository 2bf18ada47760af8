/** An open ring that turns; decoration only, so text beside it must say what is happening. */
export function Spinner({ size = 14 }: { size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      className="shrink-0 animate-spin text-accent"
    >
      <path
        d="M13.2 4.9 A6 6 0 1 1 5.6 2.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  );
}
