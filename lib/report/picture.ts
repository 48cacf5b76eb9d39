import * as Plot from "@observablehq/plot"
import { parseHTML } from "linkedom"
import { type Content, type Html, html } from "./html.ts"

const { document } = parseHTML("<html><body></body></html>")

/** The widths that pictures are drawn for: a page on a screen, and one on a phone. */
const wide = 1040
const narrow = 336

const style = /<style>.*?<\/style>/gs
const unneeded = / (?:aria-label|aria-hidden|font-family)="[^"]*"/g
const tag = /<[^>]+>/g
const longFraction = /-?\d+\.\d{3,}/g

const rounded = (number: string): string => String(Math.round(Number(number) * 10) / 10)

// The page has the style, the picture as a whole has the label, and a tenth of a pixel is enough.
const lean = (svg: string): string =>
  svg
    .replace(style, "")
    .replace(tag, (markup) => markup.replace(unneeded, "").replace(longFraction, rounded))

/** A picture drawn by Observable Plot, as markup. */
const draw = (label: string, options: Plot.PlotOptions, className: string): Html => {
  const drawn: { readonly outerHTML: string } = Plot.plot({
    ...options,
    document,
    className: "plot",
  })
  const named = html`class="plot ${className}" role="img" aria-label="${label}"`.markup
  return { markup: lean(drawn.outerHTML).replace('class="plot"', () => named) }
}

/** What a picture shows, in words. */
export interface Caption {
  readonly title: Content
  /** The picture in a sentence, for those who do not see it. */
  readonly label: string
  readonly text: Content
  readonly legend?: Html
}

const figure = ({ title, text, legend }: Caption, pictures: readonly Html[]): Html =>
  html`<figure>
<figcaption><strong>${title}</strong> ${text}${legend ?? null}</figcaption>
${pictures}
</figure>`

/** A picture as wide as the page, and a second one for phones: letters do not shrink with the page. */
export const responsivePicture = (
  caption: Caption,
  optionsFor: (width: number) => Plot.PlotOptions,
): Html =>
  figure(caption, [
    draw(caption.label, { ...optionsFor(wide), width: wide }, "wide"),
    draw(caption.label, { ...optionsFor(narrow), width: narrow }, "narrow"),
  ])

/** A small picture, one of several beside each other. */
export const smallPicture = (caption: Caption, options: Plot.PlotOptions): Html =>
  figure(caption, [draw(caption.label, { width: narrow, ...options }, "small")])

/** What a colour of a picture stands for. */
interface LegendEntry {
  readonly name: Content
  readonly colour: string
  readonly shape?: "dot" | "square" | "line" | "diamond" | "dash"
}

/** The colours of a picture by name, as a list beside it. */
export const legend = (entries: readonly LegendEntry[]): Html =>
  html`<ul class="legend">${entries.map(
    ({ name, colour, shape = "dot" }) =>
      html`<li><span class="${shape}" style="--colour:${colour}"></span>${name}</li>`,
  )}</ul>`
