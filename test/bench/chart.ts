/** A point of the chart: how many reports, and how many of them a second. */
export interface Point {
  readonly reports: number
  readonly perSecond: number
}

const width = 640
const height = 320
const margin = 56

/** Reports per second against the number of reports, as an SVG picture with a logarithmic x axis. */
export const drawChart = (points: readonly Point[]): string => {
  const xs = points.map(({ reports }) => Math.log10(reports))
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const top = Math.max(...points.map(({ perSecond }) => perSecond)) * 1.1
  const x = (reports: number) =>
    margin + ((Math.log10(reports) - left) / (right - left || 1)) * (width - 2 * margin)
  const y = (perSecond: number) => height - margin - (perSecond / top) * (height - 2 * margin)
  const line = points.map(({ reports, perSecond }) => `${x(reports)},${y(perSecond)}`).join(" ")
  const labels = points.map(
    ({ reports, perSecond }) => `
  <circle cx="${x(reports)}" cy="${y(perSecond)}" r="4"/>
  <text x="${x(reports)}" y="${y(perSecond) - 10}" text-anchor="middle">${Math.round(perSecond)}/s</text>
  <text x="${x(reports)}" y="${height - margin + 20}" text-anchor="middle">${reports}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
  <rect width="${width}" height="${height}" fill="white"/>
  <text x="${width / 2}" y="24" text-anchor="middle" font-size="16">Reparse: reports per second against the number of reports</text>
  <path d="M${margin} ${margin} V${height - margin} H${width - margin}" fill="none" stroke="gray"/>
  <polyline points="${line}" fill="none" stroke="steelblue" stroke-width="2"/>${labels.join("")}
</svg>
`
}
