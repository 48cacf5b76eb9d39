/** Why a connection has ended. */
export interface LastWords {
  /** What the server ended it with; null where it said nothing. */
  readonly code: string | null
  readonly detail: string
}

const errorType = "E".charCodeAt(0)
const headLength = 5

// Its fields, of PostgreSQL's protocol, are a letter and a text each: S the severity, C the SQLSTATE,
// M the message.
const readError = (body: Buffer): LastWords | null => {
  const fields = body.toString("utf8").split("\0")
  const field = (letter: string) => fields.find((text) => text.startsWith(letter))?.slice(1)
  const detail = field("M")
  return detail === undefined || !fields[0]?.startsWith("S")
    ? null
    : { code: field("C") ?? null, detail }
}

/**
 * The error with which a server ended the session, out of the last bytes it sent; null if it said
 * nothing. The driver drops it where no statement was under way, or where nothing follows it.
 */
export const lastWords = (bytes: Uint8Array): LastWords | null => {
  const text = Buffer.from(bytes)
  for (let start = text.length - headLength; start >= 0; start -= 1) {
    const isLast =
      text[start] === errorType && start + 1 + text.readUInt32BE(start + 1) === text.length
    const error = isLast ? readError(text.subarray(start + headLength)) : null
    if (error !== null) return error
  }
  return null
}
