import type { Doc } from '../../model/apiserver/status.ts'

/** What the real server chose at random → what the model chose: uids, generated names, cluster IPs, node ports. */
export interface Chosen {
  texts: Map<string, string>
  ports: Map<number, number>
  /** Revisions below this one were written before the session; each server has its own. */
  firstRevision: number
}

/** Seconds by which the two clocks may differ. */
const clockTolerance = 5
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const uid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const generated = /kube-api-access-[a-z0-9]{5}/g

/** The recording's JSON with the model's choices in place of the real server's. */
export function translated<T>(chosen: Chosen, value: T): T {
  let text = JSON.stringify(value)
  if (text === undefined)
    return value
  for (const [real, own] of chosen.texts)
    text = text.replaceAll(real, own)
  for (const [real, own] of chosen.ports)
    text = text.replaceAll(`"nodePort":${real}`, `"nodePort":${own}`)
  return JSON.parse(text) as T
}

/** Takes out what a stock server doesn't have, what the recordings leave out, and the `kubernetes` Service. */
export function stripped(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.filter(item => item?.configMap?.name !== 'openshift-service-ca.crt' && !(item?.metadata?.name === 'kubernetes' && item.spec?.clusterIP)).map(stripped)
  }
  if (typeof value !== 'object' || value === null)
    return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'managedFields').map(([key, item]) => [key, stripped(item)]))
}

function learn(chosen: Chosen, path: string, real: unknown, own: unknown, fixed: string): boolean {
  if (typeof real === 'number' && typeof own === 'number') {
    const free = path.endsWith('.nodePort') && real >= 30000 && own >= 30000 && !fixed.includes(`"nodePort":${real}`) && !chosen.ports.has(real)
    if (free)
      chosen.ports.set(real, own)
    return free
  }
  if (typeof real !== 'string' || typeof own !== 'string' || chosen.texts.has(real) || fixed.includes(JSON.stringify(real)))
    return false
  const free = (path.endsWith('uid') && uid.test(real) && uid.test(own))
    || (/\.clusterIPs?(?:\.0)?$/.test(path) && real.startsWith('10.96.') && own.startsWith('10.96.'))
    || (path.endsWith('.name') && real.match(generated)?.[0] === real && own.match(generated)?.[0] === own)
    || (path === 'metadata.name' && fixed.includes('"generateName"') && real.slice(0, -5) === own.slice(0, -5))
  if (free)
    chosen.texts.set(real, own)
  return free
}

/**
 * The first difference between what was recorded and what the model said, or undefined. `fixed` is the request's body: what
 * stands there was nobody's free choice.
 */
export function difference(chosen: Chosen, recorded: unknown, own: unknown, fixed = '', path = ''): string | undefined {
  const real = typeof recorded === 'string' ? translated(chosen, recorded) : typeof recorded === 'number' && path.endsWith('.nodePort') ? chosen.ports.get(recorded) ?? recorded : recorded
  if (real === own || learn(chosen, path, recorded, own, fixed))
    return undefined
  const told = `${path || 'body'}: ${JSON.stringify(real)} recorded, ${JSON.stringify(own)} in the model`
  if (typeof real === 'string' && typeof own === 'string') {
    if (time.test(real) && time.test(own) && Math.abs(Date.parse(real) - Date.parse(own)) <= clockTolerance * 1000)
      return undefined
    if (path.endsWith('resourceVersion') && Number(real) < chosen.firstRevision && Number(own) < chosen.firstRevision)
      return undefined
    return told
  }
  if (typeof real !== 'object' || typeof own !== 'object' || real === null || own === null || Array.isArray(real) !== Array.isArray(own))
    return told
  // Names first, so that what is named after them is known.
  const keys = [...new Set([...Object.keys(real), ...Object.keys(own)])].sort((a, b) => Number(b === 'metadata') - Number(a === 'metadata'))
  for (const key of keys) {
    const at = path ? `${path}.${key}` : key
    if (key in real !== key in own)
      return `${at}: ${key in real ? JSON.stringify((real as Doc)[key]) : 'nothing'} recorded, ${key in own ? JSON.stringify((own as Doc)[key]) : 'nothing'} in the model`
    const found = difference(chosen, (real as Doc)[key], (own as Doc)[key], fixed, at)
    if (found)
      return found
  }
  return undefined
}
