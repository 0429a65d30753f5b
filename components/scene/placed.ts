import type { Box } from './geometry.ts'

/** The style that puts a piece where it stands. */
export function placed(box: Box): Record<string, string> {
  return { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` }
}
