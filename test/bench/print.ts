import { arch, cpus, platform, totalmem } from "node:os"
import type { BenchDatabase } from "./bench-database.ts"
import type { Figure, Sample } from "./measure.ts"

/** What the figures were measured on. */
export type Machine = Readonly<Record<string, string | number>>

/** This machine, and the versions of what works on it. */
export const machineOf = async ({ sql }: BenchDatabase): Promise<Machine> => {
  const [version] = await sql`show server_version`
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${arch()}`,
    bun: Bun.version,
    postgresql: String(version?.server_version),
  }
}

const rounded = (value: number): string => value.toFixed(value < 10 ? 1 : 0)

const sampleText = ({ median, lowest, highest }: Sample, unit: string): string =>
  `${rounded(median)} ${unit} (${rounded(lowest)}–${rounded(highest)})`

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`

/** The figures as a table: medians, and in brackets how far the measurements lie apart. */
export const table = (machine: Machine, figures: readonly Figure[]): string => {
  const facts = Object.entries(machine).map(([name, fact]) => `${name}: ${fact}`)
  const heading = ["work", "measured against", "target", "result", "ours", "floor"]
  return [
    `${facts.join(", ")}\n\n`,
    row(heading),
    row(heading.map(() => "---")),
    ...figures.map(({ name, against, target, result, ours, floor, unit }) =>
      row([name, against, target, result, sampleText(ours, unit), sampleText(floor, unit)]),
    ),
  ].join("")
}
