import { escapeControls } from "./control-characters.ts"
import type { Drift, Facts, Report } from "./report.ts"

const tags: Record<Report["mode"], string> = {
  check: "[CHECK] ",
  write: "[WRITE] ",
  diffs: "[DIFFS] ",
  delete: "[DELETE] ",
  show: "",
}

function text(fact: Facts[string] | undefined): string {
  return fact === null || fact === undefined ? "-" : String(fact)
}

function shown(fact: Facts[string] | undefined): string {
  return escapeControls(text(fact))
}

function quoted(value: string): string {
  return /^[^\s"=\p{Cc}]+$/u.test(value) ? value : escapeControls(JSON.stringify(value))
}

function pairs(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, fact]) => `${name}=${quoted(text(fact))}`)
    .join(" ")
}

function totalLine({ mode, total }: Report): readonly string[] {
  return Object.keys(total).length > 0 ? [`${tags[mode]}total ${pairs(total)}`] : []
}

/** One `key=value` line for each unit and one for the total, for logs and scripts. */
export function renderLines(report: Report): readonly string[] {
  const tag = tags[report.mode]
  return [...report.units.map((unit) => `${tag}${pairs(unit)}`), ...totalLine(report)]
}

function columnsOf(rows: readonly Facts[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

function isNumeric(rows: readonly Facts[], column: string): boolean {
  return rows.every((row) => row[column] === undefined || typeof row[column] === "number")
}

// In columns of the terminal: a Japanese letter takes two, a combining accent none.
function widest(texts: readonly string[]): number {
  return texts.reduce((width, each) => Math.max(width, Bun.stringWidth(each)), 0)
}

function padding(content: string, width: number): string {
  return " ".repeat(width - Bun.stringWidth(content))
}

// A row too wide for the terminal reads better as a list of its facts.
function factList(rows: readonly Facts[]): readonly string[] {
  const width = widest(columnsOf(rows))
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [""] : []),
    ...Object.entries(row).map(([name, fact]) => `${name}${padding(name, width)}  ${shown(fact)}`),
  ])
}

function alignedTable(
  rows: readonly Facts[],
  terminalWidth: number,
  heading: (line: string) => string,
): readonly string[] {
  const columns = columnsOf(rows).map((name) => ({
    name,
    numeric: isNumeric(rows, name),
    width: widest([name, ...rows.map((row) => shown(row[name]))]),
  }))
  const line = (cell: (column: string) => string) =>
    columns
      .map(({ name, numeric, width }) => {
        const content = cell(name)
        const space = padding(content, width)
        return numeric ? `${space}${content}` : `${content}${space}`
      })
      .join("  ")
      .trimEnd()
  const needed = columns.reduce((sum, { width }) => sum + width + 2, -2)
  return needed > terminalWidth
    ? factList(rows)
    : [heading(line((name) => name)), ...rows.map((row) => line((name) => shown(row[name])))]
}

function byColumns(rows: readonly Facts[]): readonly (readonly Facts[])[] {
  return [...Map.groupBy(rows, (row) => Object.keys(row).join()).values()]
}

/**
 * The units as tables with aligned columns, then the total, for a terminal of this width; `heading`
 * styles the line of column names.
 */
export function renderTable(
  report: Report,
  terminalWidth: number,
  heading: (line: string) => string = (line) => line,
): readonly string[] {
  const tables = byColumns(report.units).flatMap((rows, index) => [
    ...(index > 0 ? [""] : []),
    ...alignedTable(rows, terminalWidth, heading),
  ])
  return [...tables, ...totalLine(report)]
}

function cell(value: string): string {
  return escapeControls(value.replaceAll("\n", " ")).replaceAll("|", "\\|")
}

const driftColumns = ["page", "revision", "table", "row", "column", "found", "expected"] as const

function driftFacts(drift: Drift): Facts {
  return Object.fromEntries(driftColumns.map((column) => [column, drift[column]]))
}

/** The report as GitHub-flavoured Markdown, for a workflow's step summary. */
export function renderMarkdown(report: Report): string {
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`
  const drift = report.drift ?? []
  const placed = new Set(drift.map(({ message }) => message))
  const tablesOf = (facts: readonly Facts[]) =>
    byColumns(facts).flatMap((rows) => {
      const columns = columnsOf(rows)
      return [
        row(columns),
        row(columns.map(() => "---")),
        ...rows.map((unit) => row(columns.map((name) => text(unit[name])))),
        "",
      ]
    })
  const title = `### ${report.command}${report.mode === "show" ? "" : ` (${report.mode})`}`
  const problems = report.problems
    .filter((problem) => !placed.has(problem))
    .map((problem) => `- ${problem.replaceAll("\n", "\n  ")}`)
  return [
    ...[title, "", ...tablesOf(report.units), pairs(report.total), ""],
    ...tablesOf(drift.map(driftFacts)),
    ...[...problems, ""],
  ].join("\n")
}
