/** The end of the year 9999: what comes later few tools can show, and anvil's own clock ends, too. */
export const LAST_CLOCK = 253_402_300_799n;
