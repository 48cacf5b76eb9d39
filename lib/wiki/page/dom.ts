import { DOMParser } from "linkedom"

/** The part of a DOM node that reading a page needs. */
export interface DomNode {
  readonly nodeType: number
  readonly nodeValue: string | null
  readonly firstChild: DomNode | null
  readonly nextSibling: DomNode | null
  readonly parentNode: DomNode | null
}

/** The part of a DOM element that reading a page needs. */
export interface DomElement extends DomNode {
  /** The tag's name in lower case. */
  readonly localName: string
  readonly getAttribute: (name: string) => string | null
}

/** What a walk calls, in document order. */
export interface Visitor {
  /** Called for an element; only if it returns true, the content is visited and `leave` called. */
  readonly enter: (element: DomElement) => boolean
  readonly leave: (element: DomElement) => void
  readonly text: (text: string) => void
}

const element = 1
const text = 3

const isElement = (node: DomNode): node is DomElement => node.nodeType === element

/** Parses HTML, a whole document or a piece of one. */
export const parseHtml = (html: string): DomNode =>
  new DOMParser().parseFromString(html, "text/html")

/** The classes of an element. The DOM puts them together anew each time: ask once for several. */
export const classesOf = (element: DomElement): readonly string[] => {
  const classes = element.getAttribute("class")
  return classes === null ? [] : classes.split(/\s+/)
}

/** Whether a node is an element of this class. */
export const hasClass = (node: DomNode, name: string): boolean =>
  isElement(node) && classesOf(node).includes(name)

/** Visits everything below a node once, without recursion: a page may be nested to any depth. */
export function walk(root: DomNode, visitor: Visitor): void {
  let node = root.firstChild
  while (node !== null) {
    let child: DomNode | null = null
    if (node.nodeType === text) visitor.text(node.nodeValue ?? "")
    else if (isElement(node) && visitor.enter(node)) {
      child = node.firstChild
      if (child === null) visitor.leave(node)
    }
    node = child ?? nextAfter(node, root, visitor)
  }
}

/** The node after this one and its content; calls `leave` for every element that ends on the way. */
function nextAfter(node: DomNode, root: DomNode, visitor: Visitor): DomNode | null {
  let ended = node
  while (ended.nextSibling === null) {
    const parent = ended.parentNode
    if (parent === null || parent === root) return null
    if (isElement(parent)) visitor.leave(parent)
    ended = parent
  }
  return ended.nextSibling
}
