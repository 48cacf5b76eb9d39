const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }

function escaped(character: string): string {
  return named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
}

/** The text on one line, with control characters escaped so that no terminal obeys them. */
export function escapeControls(text: string): string {
  return text.replace(/\p{Cc}/gu, escaped)
}

/** The same for a text of several lines, whose line breaks and tabs stay. */
export function escapeControlsInLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, escaped)
}
