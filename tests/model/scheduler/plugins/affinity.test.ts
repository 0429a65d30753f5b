import { describe, expect, it } from 'vitest'
import { answers, decideOn, node, pod, scores } from '../cluster.ts'

const zone = 'topology.kubernetes.io/zone'
const inZone = (name: string, value: string) => node(name, { labels: { [zone]: value } })
const nodes = [inZone('a', '1'), inZone('b', '1'), inZone('c', '2'), node('d')]
const term = (app: string, others: object = {}) => ({ topologyKey: zone, labelSelector: { matchLabels: { app } }, ...others })
const near = (...terms: object[]) => ({ affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } } }) as object
const far = (...terms: object[]) => ({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } } }) as object
function running(name: string, nodeName: string, app = name, spec: object = {}, namespace?: string) {
  return pod(name, { nodeName, ...spec }, { labels: { app }, namespace })
}
const db = running('db', 'a')

const unwanted = `InterPodAffinity U: node(s) didn't match pod anti-affinity rules`
const refused = `InterPodAffinity U: node(s) didn't satisfy existing pods anti-affinity rules`
const notNear = `InterPodAffinity UU: node(s) didn't match pod affinity rules`

describe('interPodAffinity as a filter', () => {
  const answer = (spec: object, pods: object[] = [db], others: object = {}, metadata: object = { labels: { app: 'web' } }) =>
    answers(decideOn(pod('p', spec, metadata), { nodes, pods: pods as never, ...others }))

  it('goes where the wanted pods are, by topology', () => {
    expect(answer(near(term('db')))).toEqual({ a: 'ok', b: 'ok', c: notNear, d: notNear })
    expect(answer(near(term('db', { topologyKey: 'kubernetes.io/hostname' })))).toEqual({ a: 'ok', b: notNear, c: notNear, d: notNear })
  })

  it('wants pods that match all terms, and every key', () => {
    expect(answer(near(term('db'), term('cache')), [db, running('cache', 'a')]).a).toBe(notNear)
    const both = { labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['db', 'cache'] }] } }
    expect(answer(near(term('db'), term('', both)), [db, running('cache', 'a')])).toEqual({ a: 'ok', b: 'ok', c: notNear, d: notNear })
    expect(answer(near(term('db'), term('db', { topologyKey: 'rack' }))).a).toBe(notNear)
  })

  it('lets the first of its kind pass', () => {
    expect(answer(near(term('web')))).toEqual({ a: 'ok', b: 'ok', c: 'ok', d: notNear })
    expect(answer(near(term('web')), [running('web', 'a')])).toEqual({ a: 'ok', b: 'ok', c: notNear, d: notNear })
    expect(answer(near(term('web'), term('db')))).toEqual({ a: notNear, b: notNear, c: notNear, d: notNear })
    // One that runs where the key is missing is in no domain: it doesn't count.
    expect(answer(near(term('web')), [running('web', 'd')])).toEqual({ a: 'ok', b: 'ok', c: 'ok', d: notNear })
  })

  it('stays away from unwanted pods, each term apart', () => {
    expect(answer(far(term('db')))).toEqual({ a: unwanted, b: unwanted, c: 'ok', d: 'ok' })
    expect(answer(far(term('db'), term('cache')), [db, running('cache', 'c')])).toEqual({ a: unwanted, b: unwanted, c: unwanted, d: 'ok' })
    expect(answer(far(term('cache')))).toEqual({ a: 'ok', b: 'ok', c: 'ok', d: 'ok' })
  })

  it('stays away from pods that do not want it', () => {
    expect(answer({}, [running('db', 'a', 'db', far(term('web')))])).toEqual({ a: refused, b: refused, c: 'ok', d: 'ok' })
    expect(answer({}, [running('db', 'a', 'db', far(term('other')))]).a).toBe('ok')
    expect(answer({}, [running('db', 'd', 'db', far(term('web')))])).toEqual({ a: 'ok', b: 'ok', c: 'ok', d: 'ok' })
    expect(answer({}, [running('db', 'a', 'db', far(term('web', { topologyKey: 'kubernetes.io/hostname' })))])).toEqual({ a: refused, b: 'ok', c: 'ok', d: 'ok' })
  })

  it('says first what cannot be helped', () => {
    const both = { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term('cache')] }, podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term('db')] } } }
    expect(answer(both).a).toBe(notNear)
    expect(answer(far(term('db')), [running('db', 'a', 'db', far(term('web')))]).a).toBe(unwanted)
  })

  describe('and namespaces', () => {
    const elsewhere = running('db', 'a', 'db', {}, 'prod')
    const namespaces = [{ metadata: { name: 'prod', labels: { env: 'prod' } } }, { metadata: { name: 'default', labels: { env: 'dev' } } }]
    const inProd = { namespaceSelector: { matchLabels: { env: 'prod' } } }

    it('keeps to its own unless told otherwise', () => {
      expect(answer(near(term('db')), [elsewhere]).a).toBe(notNear)
      expect(answer(near(term('db', { namespaces: ['prod'] })), [elsewhere]).a).toBe('ok')
      expect(answer(near(term('db', { namespaces: ['prod'] }))).a).toBe(notNear)
      expect(answer(near(term('db', { namespaces: [] }))).a).toBe('ok')
    })

    it('selects those that exist, and by {} all', () => {
      expect(answer(near(term('db', inProd)), [elsewhere], { namespaces }).a).toBe('ok')
      expect(answer(near(term('db', inProd)), [elsewhere]).a).toBe(notNear)
      expect(answer(near(term('db', inProd)), [db], { namespaces }).a).toBe(notNear)
      expect(answer(near(term('db', { namespaceSelector: {} })), [elsewhere]).a).toBe('ok')
      expect(answer(near(term('db', { ...inProd, namespaces: ['default'] })), [db], { namespaces }).a).toBe('ok')
      expect(answer(far(term('db', inProd)), [elsewhere], { namespaces }).a).toBe(unwanted)
    })

    it('reads the labels of the incoming pod’s for the terms of others', () => {
      const inDev = { namespaceSelector: { matchLabels: { env: 'dev' } } }
      expect(answer({}, [running('db', 'a', 'db', far(term('web', inDev)), 'prod')], { namespaces }).a).toBe(refused)
      expect(answer({}, [running('db', 'a', 'db', far(term('web', inProd)), 'prod')], { namespaces }).a).toBe('ok')
      expect(answer({}, [running('db', 'a', 'db', far(term('web', inDev)), 'prod')]).a).toBe('ok')
      expect(answer({}, [running('db', 'a', 'db', far(term('web')), 'prod')], { namespaces }).a).toBe('ok')
    })
  })

  it('is skipped where it has nothing to say', () => {
    const skipped = (spec: object, pods: object[]) => decideOn(pod('p', spec, { labels: { app: 'web' } }), { nodes, pods: pods as never }).preFilter.skipped.includes('InterPodAffinity')
    expect(skipped({}, [db])).toBe(true)
    expect(skipped({}, [running('db', 'a', 'db', near(term('web')))])).toBe(true)
    expect(skipped({}, [running('db', 'a', 'db', far(term('other')))])).toBe(true)
    expect(skipped({}, [running('db', 'a', 'db', far(term('web')))])).toBe(false)
    expect(skipped(near(term('web')), [])).toBe(false)
    expect(skipped(far(term('web')), [])).toBe(false)
  })
})

describe('interPodAffinity as a score', () => {
  const prefer = (kind: 'podAffinity' | 'podAntiAffinity', weight: number, podAffinityTerm: object) =>
    ({ affinity: { [kind]: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight, podAffinityTerm }] } } }) as object
  const decision = (spec: object, pods: object[], profile?: object, others: object = {}) =>
    decideOn(pod('p', spec, { labels: { app: 'web' } }), { nodes, pods: pods as never, ...others }, profile)
  const raw = (spec: object, pods: object[], profile?: object, others?: object) => scores(decision(spec, pods, profile, others), 'InterPodAffinity')

  it('adds up the pod’s own wishes', () => {
    expect(raw(prefer('podAffinity', 10, term('db')), [db, running('db2', 'b', 'db')])).toEqual({ a: 20, b: 20, c: 0, d: 0 })
    expect(raw(prefer('podAntiAffinity', 10, term('db')), [db])).toEqual({ a: -10, b: -10, c: 0, d: 0 })
    expect(raw(prefer('podAffinity', 10, term('db', { namespaceSelector: { matchLabels: { env: 'prod' } } })), [running('db', 'a', 'db', {}, 'prod')], undefined, { namespaces: [{ metadata: { name: 'prod', labels: { env: 'prod' } } }] })).toEqual({ a: 10, b: 10, c: 0, d: 0 })
  })

  it('adds up the wishes of others', () => {
    expect(raw({}, [running('db', 'a', 'db', prefer('podAffinity', 7, term('web')))])).toEqual({ a: 7, b: 7, c: 0, d: 0 })
    expect(raw({}, [running('db', 'a', 'db', prefer('podAntiAffinity', 7, term('web')))])).toEqual({ a: -7, b: -7, c: 0, d: 0 })
    expect(raw({}, [running('db', 'a', 'db', near(term('web')))])).toEqual({ a: 1, b: 1, c: 0, d: 0 })
    const selecting = { namespaceSelector: { matchLabels: { env: 'dev' } } }
    const namespaces = [{ metadata: { name: 'default', labels: { env: 'dev' } } }]
    expect(raw({}, [running('db', 'a', 'db', prefer('podAffinity', 7, term('web', selecting)), 'prod')], undefined, { namespaces })).toEqual({ a: 7, b: 7, c: 0, d: 0 })
  })

  it('adds up over keys', () => {
    const terms = { affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 10, podAffinityTerm: term('db') },
      { weight: 5, podAffinityTerm: term('db', { topologyKey: 'kubernetes.io/hostname' }) },
    ] } } }
    expect(raw(terms, [db])).toEqual({ a: 15, b: 10, c: 0, d: 0 })
  })

  it('normalises between the least and the most', () => {
    const pods = [db, running('db2', 'c', 'db'), running('cache', 'c', 'cache', prefer('podAntiAffinity', 15, term('web')))]
    const both = decision(prefer('podAffinity', 10, term('db')), pods)
    expect(scores(both, 'InterPodAffinity')).toEqual({ a: 10, b: 10, c: -5, d: 0 })
    expect(scores(both, 'InterPodAffinity', 'normalized')).toEqual({ a: 100, b: 100, c: 0, d: 33 })
    expect(scores(both, 'InterPodAffinity', 'weighted')).toEqual({ a: 200, b: 200, c: 0, d: 66 })
  })

  it('gives 0 to all that are equal', () => {
    const everywhere = [db, running('db2', 'c', 'db')]
    const only = decideOn(pod('p', prefer('podAffinity', 10, term('db'))), { nodes: nodes.slice(0, 3), pods: everywhere })
    expect(scores(only, 'InterPodAffinity')).toEqual({ a: 10, b: 10, c: 10 })
    expect(scores(only, 'InterPodAffinity', 'normalized')).toEqual({ a: 0, b: 0, c: 0 })
  })

  it('is skipped where nothing matched', () => {
    const skipped = (spec: object, pods: object[], profile?: object) => decision(spec, pods, profile).preScoreSkipped.includes('InterPodAffinity')
    expect(skipped({}, [db])).toBe(true)
    expect(skipped(prefer('podAffinity', 10, term('cache')), [db])).toBe(true)
    expect(skipped(prefer('podAffinity', 10, term('db')), [running('db', 'd')])).toBe(true)
    expect(skipped(prefer('podAffinity', 10, term('db')), [db])).toBe(false)
    // Wishes that cancel out have matched.
    expect(skipped({}, [running('x', 'a', 'x', prefer('podAffinity', 5, term('web'))), running('y', 'a', 'y', prefer('podAntiAffinity', 5, term('web')))])).toBe(false)
  })

  it('takes what the profile says of the wishes of others', () => {
    const args = (given: object) => ({ pluginConfig: [{ name: 'InterPodAffinity', args: given }] })
    const wishing = [running('db', 'a', 'db', near(term('web')))]
    expect(raw({}, wishing, args({ hardPodAffinityWeight: 50 })).a).toBe(50)
    expect(decision({}, wishing, args({ hardPodAffinityWeight: 0 })).preScoreSkipped).toContain('InterPodAffinity')
    const ignoring = args({ ignorePreferredTermsOfExistingPods: true })
    expect(decision({}, wishing, ignoring).preScoreSkipped).toContain('InterPodAffinity')
    expect(raw(prefer('podAffinity', 10, term('db')), wishing, ignoring).a).toBe(11)
    expect(raw(prefer('podAntiAffinity', 10, term('db')), wishing, ignoring).a).toBe(-9)
  })
})
