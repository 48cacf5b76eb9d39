/**
 * The text of a cell or heading as it is stored: every run of whitespace, non-breaking included,
 * is one space, none at the ends. What PostgreSQL cannot store becomes U+FFFD, as in the HTML
 * standard: NUL and halves of surrogate pairs.
 */
export const normaliseText = (text: string): string =>
  text.replace(/\s+/g, " ").trim().replaceAll("\0", "\uFFFD").toWellFormed()
