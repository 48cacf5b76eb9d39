import type * as Schema from "effect/Schema"

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null

const inline = (value: unknown): string =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? `{ ${Object.entries(value)
        .map(([name, field]) => `${JSON.stringify(name)}: ${inline(field)}`)
        .join(", ")} }`
    : JSON.stringify(value)

const block = (open: string, parts: readonly string[], close: string, indent: string): string =>
  `${open}\n${parts.map((part) => `${indent}  ${part}`).join(",\n")}\n${indent}${close}`

const render = (value: unknown, indent: string): string => {
  if (isPlain(value)) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value))
    return value.every(isPlain)
      ? JSON.stringify(value)
      : block(
          "[",
          value.map((element) => render(element, inner)),
          "]",
          indent,
        )
  const fields = Object.entries(value ?? {})
  if (indent !== "" && fields.every(([, field]) => isPlain(field))) return inline(value)
  return block(
    "{",
    fields.map(([name, field]) => `${JSON.stringify(name)}: ${render(field, inner)}`),
    "}",
    indent,
  )
}

/** A JSON document with each level on a line of its own, so that a comparison shows levels. */
export const renderJson = (document: Schema.Json): string => `${render(document, "")}\n`

const csvCell = (cell: string | number | null): string => {
  const text = String(cell ?? "")
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table as RFC 4180 has it, but with the line ends that git shows as such. */
export const renderCsv = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | number | null>>[],
): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))]
    .map((cells) => `${cells.map(csvCell).join(",")}\n`)
    .join("")
