import type { Facts, Report } from "./report.ts"

const tags: Record<Report["mode"], string> = {
  check: "[CHECK] ",
  write: "[WRITE] ",
  diffs: "[DIFFS] ",
  delete: "[DELETE] ",
  show: "",
}

const text = (fact: Facts[string] | undefined): string =>
  fact === null || fact === undefined ? "-" : String(fact)

const quoted = (value: string): string => (/^[^\s"=]+$/.test(value) ? value : JSON.stringify(value))

const pairs = (facts: Facts): string =>
  Object.entries(facts)
    .map(([name, fact]) => `${name}=${quoted(text(fact))}`)
    .join(" ")

/** One `key=value` line for each unit and one for the total, for logs and scripts. */
export const renderLines = (report: Report): ReadonlyArray<string> => {
  const tag = tags[report.mode]
  const total = Object.keys(report.total).length > 0 ? [`${tag}total ${pairs(report.total)}`] : []
  return [...report.units.map((unit) => `${tag}${pairs(unit)}`), ...total]
}

const columnsOf = (rows: ReadonlyArray<Facts>): ReadonlyArray<string> => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
]

const isNumeric = (rows: ReadonlyArray<Facts>, column: string): boolean =>
  rows.every((row) => row[column] === undefined || typeof row[column] === "number")

/** The units as a table with aligned columns, then the total, for a person at a terminal. */
export const renderTable = (report: Report): ReadonlyArray<string> => {
  const columns = columnsOf(report.units).map((name) => ({
    name,
    numeric: isNumeric(report.units, name),
    width: Math.max(name.length, ...report.units.map((unit) => text(unit[name]).length)),
  }))
  const line = (cell: (column: string) => string) =>
    columns
      .map(({ name, numeric, width }) =>
        numeric ? cell(name).padStart(width) : cell(name).padEnd(width),
      )
      .join("  ")
      .trimEnd()
  const body =
    report.units.length === 0
      ? []
      : [line((name) => name), ...report.units.map((unit) => line((name) => text(unit[name])))]
  const total =
    Object.keys(report.total).length > 0 ? [`${tags[report.mode]}total ${pairs(report.total)}`] : []
  return [...body, ...total]
}

const cell = (value: string): string => value.replaceAll("|", "\\|").replaceAll("\n", " ")

/** The report as GitHub-flavoured Markdown, for a workflow's step summary. */
export const renderMarkdown = (report: Report): string => {
  const columns = columnsOf(report.units)
  const row = (cells: ReadonlyArray<string>) => `| ${cells.map(cell).join(" | ")} |`
  const table =
    report.units.length === 0
      ? []
      : [
          row(columns),
          row(columns.map(() => "---")),
          ...report.units.map((unit) => row(columns.map((name) => text(unit[name])))),
        ]
  const title = `### ${report.command}${report.mode === "show" ? "" : ` (${report.mode})`}`
  return [title, "", ...table, "", pairs(report.total), ""].join("\n")
}
