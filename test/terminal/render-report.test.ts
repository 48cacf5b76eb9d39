import { describe, expect, test } from "bun:test"
import { renderLines, renderMarkdown, renderTable } from "../../lib/terminal/render-report.ts"
import type { Report } from "../../lib/terminal/report.ts"

const report: Report = {
  command: "fetch-wiki-data",
  mode: "check",
  units: [
    { target: "bots", page: "Golden Bot", added: 1, changed: 20 },
    { target: "slots", page: "Cards|x", added: 100, changed: 0 },
    { wiki: null },
  ],
  total: { added: 101 },
  changes: 121,
  problems: ["a page\nis gone"],
}

describe("a report", () => {
  test("a report is one key=value line for each unit, after the mode", () => {
    expect(renderLines(report)).toEqual([
      '[CHECK] target=bots page="Golden Bot" added=1 changed=20',
      "[CHECK] target=slots page=Cards|x added=100 changed=0",
      "[CHECK] wiki=-",
      "[CHECK] total added=101",
    ])
  })
  test("a terminal shows a report as one table for each kind of unit, with numbers aligned right", () => {
    expect(renderTable(report, 80)).toEqual([
      "target  page        added  changed",
      "bots    Golden Bot      1       20",
      "slots   Cards|x       100        0",
      "",
      "wiki",
      "-",
      "[CHECK] total added=101",
    ])
  })
  test("a table's column names are styled as the terminal allows", () => {
    expect(renderTable(report, 80, (line) => `*${line}*`)[0]).toBe(
      "*target  page        added  changed*",
    )
  })
  test("a table's columns line up for names in any script", () => {
    const names = ["タワー", "Zoe\u0301", "🗼", "plain"]
    const players = { ...report, units: names.map((name) => ({ name, reports: 1 })) }
    expect(renderTable(players, 80).slice(0, 5)).toEqual([
      "name    reports",
      "タワー        1",
      "Zoe\u0301           1",
      "🗼            1",
      "plain         1",
    ])
  })
  test("a table that is too wide for the terminal becomes a list of facts", () => {
    expect(renderTable(report, 30).slice(0, 6)).toEqual([
      "target   bots",
      "page     Golden Bot",
      "added    1",
      "changed  20",
      "",
      "target   slots",
    ])
  })
  test("control characters in a name do not reach the terminal", () => {
    const odd = { ...report, units: [{ page: "a\u001b[2Jb\u009bc\nd" }] }
    const written = "a\\u001b[2Jb\\u009bc\\nd"
    expect(renderLines(odd)[0]).toBe(`[CHECK] page="${written}"`)
    expect(renderTable(odd, 80).slice(0, 2)).toEqual(["page", written])
    expect(renderTable(odd, 8)[0]).toBe(`page  ${written}`)
  })
  test("a step summary is Markdown, and no value breaks its tables", () => {
    expect(renderMarkdown(report).split("\n")).toEqual([
      "### fetch-wiki-data (check)",
      "",
      "| target | page | added | changed |",
      "| --- | --- | --- | --- |",
      "| bots | Golden Bot | 1 | 20 |",
      "| slots | Cards\\|x | 100 | 0 |",
      "",
      "| wiki |",
      "| --- |",
      "| - |",
      "",
      "added=101",
      "",
      "- a page",
      "  is gone",
      "",
    ])
  })
})
