import * as Schema from "effect/Schema"

/** What every error of a fetch tells: which page was asked for, how often, and by which way. */
export const askedFields = {
  /** The page's address as it is stored with its rows. */
  page: Schema.String,
  /** How many attempts were made, the failed one included. */
  attempts: Schema.Int,
  /** What the page itself answered when the wiki's API was asked in its place; else null. */
  pageAnswer: Schema.NullOr(Schema.String),
}

export type Asked = Schema.Struct.Type<typeof askedFields>

/** What to do about a fault that may pass. */
export const tryLater = "Run again later, or read saved pages with --from DIR."

/** What to do about a page that only a person gets to see. */
export const saveByHand =
  "Open the address in a browser, save the page, and read the saved copy with --from DIR."

/** A fetch's failure in words: the page, the cause, the attempts, and what to do next. */
export const fetchFailure = (
  { page, attempts, pageAnswer }: Asked,
  cause: string,
  advice: string,
): string => {
  const way = pageAnswer === null ? "" : ` from the wiki's API (the page itself: ${pageAnswer})`
  const count = attempts === 1 ? "1 attempt" : `${attempts} attempts`
  return `${page} could not be fetched${way}: ${cause} (${count}). ${advice}`
}
