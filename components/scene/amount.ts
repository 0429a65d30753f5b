import type { Unit } from '../../scenes/pieces.ts'

const shown: Record<Unit, { per: number, sign: Readonly<Record<string, string>> }> = {
  cpu: { per: 1000, sign: { en: 'CPU', fr: 'CPU' } },
  memory: { per: 2 ** 30, sign: { en: 'GiB', fr: 'Gio' } },
  count: { per: 1, sign: { en: '', fr: '' } },
}

/** The number alone, as the language writes it: `1.5`, `1,5`. @param value milliCPU, bytes or things */
export function figure(value: number, unit: Unit, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value / shown[unit].per)
}

/** The unit's sign in a language: `CPU`, `GiB`, `Gio`. */
export function signOf(unit: Unit, language: string): string {
  return shown[unit].sign[language] ?? shown[unit].sign.en ?? ''
}
