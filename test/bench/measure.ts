/** Repeated measurements of one thing, in one unit. */
export interface Sample {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

/** A figure of the suite beside what it is measured against. */
export interface Figure {
  readonly name: string
  readonly against: string
  /** What the ratio should not pass; for a difference, what the difference should not pass. */
  readonly target: string
  readonly ours: Sample
  readonly floor: Sample
  readonly unit: "ms" | "MB" | "kB"
  readonly result: string
}

/** The middle of the measurements, and how far they lie apart. */
export const sampleOf = (values: readonly number[]): Sample => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (index: number) => sorted[index] ?? Number.NaN
  const middle = Math.floor(sorted.length / 2)
  return {
    median: sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2,
    lowest: at(0),
    highest: at(sorted.length - 1),
  }
}

/** How long some work takes, in milliseconds. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Measures ours and the floor in turns, so that both meet the same machine. */
export const inTurns = async (
  times: number,
  ours: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<{ readonly ours: Sample; readonly floor: Sample }> => {
  const both: { ours: number[]; floor: number[] } = { ours: [], floor: [] }
  for (let time = 0; time < times; time++) {
    both.floor.push(await floor())
    both.ours.push(await ours())
  }
  return { ours: sampleOf(both.ours), floor: sampleOf(both.floor) }
}

/** Ours divided by the floor. */
export const ratio = (ours: Sample, floor: Sample): string =>
  `${(ours.median / floor.median).toFixed(2)}x`
