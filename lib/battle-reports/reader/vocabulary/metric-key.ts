/** What a metric is called whose label has no ASCII letter or digit. */
const unnamed = "unnamed"

/** A text as a key: its runs of ASCII letters and digits in lower case, joined with `_`. */
export function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join("_") ?? unnamed
  )
}

/** The key of a line in a section: `records_largest_wave_skip`. */
export function sectionSlug(section: string | null, label: string): string {
  return section === null ? slug(label) : slug(`${section} ${label}`)
}
