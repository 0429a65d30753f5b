import type { Unit } from '../../scenes/pieces.ts'

/** How many of the unit's own number make one as it is shown: CPU, GiB, things. */
const per: Record<Unit, number> = { cpu: 1000, memory: 2 ** 30, count: 1 }

/** An amount as the language writes it: `1.5`, `1,5`. @param value milliCPU, bytes or things */
export function figure(value: number, unit: Unit, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value / per[unit])
}
