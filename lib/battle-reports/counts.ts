/** Counts by name. */
export type Counts<Name extends string> = Readonly<Record<Name, number>>

/** Adds to counts those that are given, name by name. */
export const addCounts = <Name extends string>(
  counts: Counts<Name>,
  more: Partial<Counts<Name>>,
): Counts<Name> => {
  const sum: Record<Name, number> = { ...counts }
  for (const name in counts) sum[name] = counts[name] + (more[name] ?? 0)
  return sum
}
