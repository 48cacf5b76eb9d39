const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }

const escaped = (character: string): string =>
  named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`

/** The text on one line, with control characters escaped so that no terminal obeys them. */
export const escapeControls = (text: string): string => text.replace(/\p{Cc}/gu, escaped)

/** The same for a text of several lines, whose line breaks and tabs stay. */
export const escapeControlsInLines = (text: string): string =>
  text.replace(/[^\P{Cc}\n\t]/gu, escaped)
