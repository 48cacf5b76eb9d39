import { readBattleDate } from "./battle-date.ts"
import { isDigit, isSpace } from "./characters.ts"
import { readDuration } from "./duration.ts"

/** How the value behind a label looks; tells where it ends when line breaks are lost. */
export type ValueShape = "number" | "duration" | "date" | "word" | "list"

/** Whether the text cannot be anything but one whole value of a shape. */
export function isWholeValue(shape: ValueShape, text: string): boolean {
  switch (shape) {
    case "number":
      return startsNumber(text, 0) && !hasSpace(text)
    case "duration":
      return readDuration(text) !== null
    case "date":
      return readBattleDate(text) !== null
    case "word":
      return !hasSpace(text)
    case "list":
      return false
  }
}

function hasSpace(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (isSpace(text.charCodeAt(at))) return true
  }
  return false
}

/** Whether a number starts at a position: a digit, behind at most a sign and `$`, `x` or a point. */
export function startsNumber(text: string, start: number): boolean {
  let at = start
  while (at < start + 2 && isNumberPrefix(text.charCodeAt(at))) at++
  return isDigit(text.charCodeAt(at))
}

function isNumberPrefix(code: number): boolean {
  switch (code) {
    case 36: // $
    case 43: // +
    case 45: // -
    case 46: // .
    case 88: // X
    case 120: // x
    case 215: // ×
      return true
    default:
      return false
  }
}
