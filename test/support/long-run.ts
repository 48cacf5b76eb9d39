/**
 * Whether this is the long run (`bun run verify:long`): many more cases of every property, kills by
 * the hundred.
 */
export const isLongRun = process.env.TOWERSTATS_LONG === "1"

/** How many cases a test runs: few by default, many in the long run. */
export const cases = (few: number, many: number): number => (isLongRun ? many : few)

/** How long a test with many cases may take, in milliseconds. */
export const patience = cases(1, 60) * 60_000

/** Prints the figures of a long run; those of a short one prove little. */
export const tell = (figures: string): void => {
  if (isLongRun) console.log(figures)
}
