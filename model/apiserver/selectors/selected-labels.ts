import type { Requirement } from '../../selectors.ts'
import { extensions } from '../extensions.ts'
import { notModelled } from '../status.ts'

/** What a label selector as text asks for; no text, nothing. @throws 400, 501 */
export function selectedLabels(text: string | undefined): Requirement[] {
  return !text ? [] : extensions.parseLabelSelector?.(text) ?? notModelled('label selectors')
}
