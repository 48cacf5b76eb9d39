/** Marks without any width, pasted along unseen: soft hyphens, zero-width spaces, directions. */
const invisible = /[\u00AD\u200B\u200E\u200F\u2060]/g

/**
 * The text of a cell or heading as it is stored: every run of whitespace, non-breaking included,
 * is one space, none at the ends; marks that cannot be seen are left out. What PostgreSQL cannot
 * store becomes U+FFFD, as in the HTML standard: NUL and halves of surrogate pairs.
 */
export const normaliseText = (text: string): string =>
  text.replace(invisible, "").replace(/\s+/g, " ").trim().replaceAll("\0", "\uFFFD").toWellFormed()
