/** A small fault: the text at a place, and what replaces it. */
export interface Fault {
  readonly start: number
  readonly before: string
  readonly after: string
}

// Comments, quoted strings, templates without nested ones, patterns and imports hold no operators.
const passive =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|(?<=[=(,:|&[]\s*|return )\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|^import[^\n]*/gm

/** The text with everything that is not code turned into spaces, so that places stay. */
const codeOf = (text: string): string =>
  text.replace(passive, (part) => part.replace(/[^\n]/g, " "))

// The formatter puts a space on either side of an operator, and none inside of a type's brackets.
const replacements: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  [/ === /g, " !== "],
  [/ !== /g, " === "],
  [/ < /g, " <= "],
  [/ <= /g, " < "],
  [/ > /g, " >= "],
  [/ >= /g, " > "],
  [/ && /g, " || "],
  [/ \|\| /g, " && "],
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/\btrue\b/g, "false"],
  [/\bfalse\b/g, "true"],
  [/\.some\(/g, ".every("],
  [/\.every\(/g, ".some("],
  [/\bMath\.min\(/g, "Math.max("],
  [/\bMath\.max\(/g, "Math.min("],
  [/(?<![\w.])\d+(?![\w.]|_\d)/g, (found) => String(Number(found) + 1)],
  // A guard: nothing happens where something returned early.
  [/^ *if \([^\n]*\)\s+return\b[^\n]*\n/gm, () => "\n"],
]

/** Every small fault that can be put into a text of TypeScript. */
export const faultsIn = (text: string): readonly Fault[] => {
  const code = codeOf(text)
  return replacements.flatMap(([pattern, after]) =>
    [...code.matchAll(pattern)].map(({ index, 0: found }) => {
      const before = text.slice(index, index + found.length)
      return { start: index, before, after: typeof after === "string" ? after : after(before) }
    }),
  )
}

/** The text with a fault in it. */
export const withFault = (text: string, { start, before, after }: Fault): string =>
  text.slice(0, start) + after + text.slice(start + before.length)

/** A fault on one line, with what is around it: `12: if (a === b) -> if (a !== b)`. */
export const describeFault = (text: string, fault: Fault): string => {
  const number = text.slice(0, fault.start).split("\n").length
  const lines = fault.before.trimEnd().split("\n").length
  const lineOf = (of: string) =>
    of
      .split("\n")
      .slice(number - 1, number - 1 + lines)
      .map((line) => line.trim())
      .join(" ")
  const [was, is] = [lineOf(text), fault.after.trim() === "" ? "" : lineOf(withFault(text, fault))]
  return `${number}: ${was} -> ${is === "" ? "(dropped)" : is}`
}
