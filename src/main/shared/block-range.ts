interface BlockRange {
  fromBlock?: number | undefined;
  toBlock?: number | undefined;
}

/** For `refine` of an input: the first block of a range is not behind its last one. */
export const isInOrder = ({ fromBlock, toBlock }: BlockRange): boolean =>
  fromBlock === undefined || toBlock === undefined || fromBlock <= toBlock;

export const NOT_IN_ORDER = {
  message: 'it is behind the last block that is asked for: give the lower number first',
  path: ['fromBlock'],
};
