const attributed = (mark: string, attributes: string, text: string) =>
  attributes === "" ? `${mark} ${text}` : `${mark}${attributes} | ${text}`

const cellOf = ([, tag, attributes = "", text = ""]: RegExpMatchArray) =>
  attributed(tag === "th" ? "!" : "|", attributes, text.trim().replace(/\s+/g, " "))

const rowOf = (row: string) =>
  ["|-", ...[...row.matchAll(/<(t[hd])([^>]*)>(.*?)<\/t[hd]>/gs)].map(cellOf)].join("\n")

const tableOf = (attributes: string, rows: string) =>
  [
    `{|${attributes}`,
    ...[...rows.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) => rowOf(row)),
    "|}",
  ].join("\n")

const headingOf = (level: string, text: string) => {
  const marks = "=".repeat(Number(level))
  return `${marks} ${text} ${marks}`
}

/** The headings and tables of a bundled page as an editor would write them. */
export const wikitext = (html: string): string =>
  [
    ...html.matchAll(
      /<h([2-6])><span class="mw-headline"[^>]*>(.*?)<\/span>|<table([^>]*)>(.*?)<\/table>/gs,
    ),
  ]
    .map(([, level, heading = "", attributes = "", rows = ""]) =>
      level === undefined ? tableOf(attributes, rows) : headingOf(level, heading),
    )
    .join("\n")
