const fatal = "VFATAL\0"

/**
 * The message with which a server ended the session, out of the last bytes it sent; null if it said
 * nothing. The driver drops it where no statement was under way. Its fields, of PostgreSQL's protocol,
 * are a letter and a text each: V the severity, C the SQLSTATE, M the message.
 */
export const lastWords = (bytes: Uint8Array): string | null => {
  const text = Buffer.from(bytes)
  const start = text.lastIndexOf(fatal)
  if (start < 0) return null
  const fields = text.toString("utf8", start + fatal.length).split("\0")
  return fields.find((field) => field.startsWith("M"))?.slice(1) ?? null
}
