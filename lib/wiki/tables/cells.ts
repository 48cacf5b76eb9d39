const placeholders: ReadonlySet<string> = new Set(["", "-", "—", "–", "null", "none"])
const total = /^(?:grand )?totals?:?$/

const spoken = (text: string) => text.trim().toLowerCase()

/** Whether a cell only marks that there is nothing: empty, a dash, `null` or `none`. */
export const isPlaceholder = (text: string): boolean => placeholders.has(spoken(text))

/** Whether a cell labels a sum over the rows above it (`Total`, `TOTALS`, `Grand Total:`). */
export const isTotal = (text: string): boolean => total.test(spoken(text))
