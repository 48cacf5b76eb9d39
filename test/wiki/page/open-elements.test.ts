import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { type DomNode, parseHtml, walk } from "../../../lib/wiki/page/dom.ts"
import { countOpenElements } from "../../../lib/wiki/page/open-elements.ts"

const leavesOpenMoreThan = (limit: number, html: string) =>
  countOpenElements(limit, html).exceedsLimit

function depthOf(root: DomNode): number {
  let depth = 0
  let deepest = 0
  walk(root, {
    enter: () => {
      depth++
      deepest = Math.max(deepest, depth)
      return true
    },
    leave: () => {
      depth--
    },
    text: () => {},
  })
  return deepest
}

describe("elements left open", () => {
  test("elements that are closed, void or inside text do not count", () => {
    const html = `<div><p>a</p><br><img alt="<b>"><!-- <b> --><script>"<b>"</script></div>`
    expect(leavesOpenMoreThan(2, html)).toBe(false)
    expect(leavesOpenMoreThan(1, html)).toBe(true)
  })

  test("an end tag in an attribute, a comment or a script closes nothing", () => {
    for (const disguise of [`<i a="></b>"></i>`, "<!-- </b> -->", "<script></b></script>"]) {
      expect(leavesOpenMoreThan(9, `<b>${disguise}`.repeat(10))).toBe(true)
    }
  })

  test("a page that passes is not nested deeper", () => {
    const piece = fc.constantFrom(
      ...["<div>", "</div>", "<p>", "</p>", "<td>", "</td>", "<tr>", "<table>", "</table>", "<b>"],
      ...[
        "</b>",
        "<br/>",
        "<svg>",
        "<path/>",
        "</svg>",
        "<!--",
        "-->",
        "<!-->",
        "<![CDATA[",
        "]]>",
      ],
      ...["<script>", "</script>", "<title/>", "<i a='", '<i a="', "'", '"', "=", ">", "<", "/>"],
      ...["<i a=b/>", '<i ="><div>', "</", "<!x", "<?x", "<li>", "<h2>", "<textarea>", "x", " "],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const html = pieces.join("")
        // A void element, or an end tag that opens one, is a leaf below the open elements.
        const open = depthOf(parseHtml(html)) - 1
        if (open > 0) expect(leavesOpenMoreThan(open - 1, html)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
