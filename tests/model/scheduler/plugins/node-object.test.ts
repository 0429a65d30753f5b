import { describe, expect, it } from 'vitest'
import { answers, container, decideOn, node, pod, scores } from '../cluster.ts'

const dedicated = { key: 'dedicated', value: 'ml', effect: 'NoSchedule' as const }

describe('nodeUnschedulable', () => {
  const nodes = [node('open'), node('cordoned', { unschedulable: true })]

  it('keeps pods off cordoned nodes', () => {
    expect(answers(decideOn(pod('p'), { nodes }))).toEqual({ open: 'ok', cordoned: 'NodeUnschedulable UU: node(s) were unschedulable' })
  })

  it.each([
    [{ operator: 'Exists' as const }, 'ok'],
    [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' as const }, 'ok'],
    [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' as const, effect: 'NoSchedule' as const }, 'ok'],
    [{ key: 'node.kubernetes.io/unschedulable' }, 'ok'],
    [{ key: 'node.kubernetes.io/unschedulable', operator: 'Exists' as const, effect: 'NoExecute' as const }, 'NodeUnschedulable UU: node(s) were unschedulable'],
    [{ key: 'other', operator: 'Exists' as const }, 'NodeUnschedulable UU: node(s) were unschedulable'],
  ])('toleration %j: %s', (toleration, answer) => {
    expect(answers(decideOn(pod('p', { tolerations: [toleration] }), { nodes })).cordoned).toBe(answer)
  })
})

describe('several tolerations', () => {
  it('help by one that fits', () => {
    const tolerations = [{ key: 'other', operator: 'Exists' as const }, { key: 'node.kubernetes.io/unschedulable', operator: 'Exists' as const }]
    expect(answers(decideOn(pod('p', { tolerations }), { nodes: [node('a', { unschedulable: true })] })).a).toBe('ok')
  })
})

describe('nodeName', () => {
  it('lets a pod that names a node go there alone', () => {
    const nodes = [node('a'), node('b')]
    expect(answers(decideOn(pod('p', { nodeName: 'b' }), { nodes }))).toEqual({ a: `NodeName UU: node(s) didn't match the requested node name`, b: 'ok' })
    expect(answers(decideOn(pod('p', { nodeName: '' }), { nodes }))).toEqual({ a: 'ok', b: 'ok' })
  })
})

describe('taintToleration', () => {
  const refused = 'TaintToleration UU: node(s) had untolerated taint(s)'

  it.each([
    [undefined, refused],
    [{ key: 'dedicated', operator: 'Equal' as const, value: 'ml' }, 'ok'],
    [{ key: 'dedicated', value: 'ml' }, 'ok'],
    [{ key: 'dedicated', operator: '' as const, value: 'ml' }, 'ok'],
    [{ key: 'dedicated', value: 'web' }, refused],
    [{ key: 'dedicated', operator: 'Exists' as const }, 'ok'],
    [{ operator: 'Exists' as const }, 'ok'],
    [{ value: 'ml' }, 'ok'],
    [{ key: 'dedicated', operator: 'Exists' as const, effect: 'NoExecute' as const }, refused],
    [{ key: 'dedicated', operator: 'Exists' as const, effect: '' as const }, 'ok'],
    [{ key: 'dedicated', operator: 'Gt' as const, value: '1' }, refused],
  ])('toleration %j: %s', (toleration, answer) => {
    expect(answers(decideOn(pod('p', { tolerations: toleration && [toleration] }), { nodes: [node('a', { taints: [dedicated] })] })).a).toBe(answer)
  })

  it('looks at NoSchedule and NoExecute, scores by PreferNoSchedule', () => {
    const soft = (key: string) => ({ key, effect: 'PreferNoSchedule' as const })
    const nodes = [
      node('none'),
      node('one', { taints: [soft('x')] }),
      node('four', { taints: [soft('x'), soft('y'), soft('z'), soft('w')] }),
      node('out', { taints: [{ key: 'x', effect: 'NoExecute' }] }),
    ]
    const decision = decideOn(pod('p', { tolerations: [{ key: 'w', operator: 'Exists', effect: 'PreferNoSchedule' }] }), { nodes })
    expect(answers(decision).out).toBe(refused)
    expect(scores(decision, 'TaintToleration')).toEqual({ none: 0, one: 1, four: 3 })
    expect(scores(decision, 'TaintToleration', 'normalized')).toEqual({ none: 100, one: 67, four: 0 })
    expect(scores(decision, 'TaintToleration', 'weighted')).toEqual({ none: 300, one: 201, four: 0 })
  })

  it('gives all 100 where nobody has such a taint', () => {
    expect(scores(decideOn(pod('p'), { nodes: [node('a'), node('b')] }), 'TaintToleration', 'normalized')).toEqual({ a: 100, b: 100 })
  })
})

describe('nodeAffinity', () => {
  const nodes = [node('a', { labels: { disk: 'ssd', gen: '3' } }), node('b', { labels: { disk: 'hdd', gen: '10' } }), node('c')]
  const refused = `NodeAffinity UU: node(s) didn't match Pod's node affinity/selector`
  const required = (...nodeSelectorTerms: object[]) => ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } })
  const feasible = (spec: object, profile?: object) => Object.entries(answers(decideOn(pod('p', spec), { nodes }, profile)))
    .filter(([, answer]) => answer === 'ok')
    .map(([name]) => name)
    .join('')

  it('needs every label of the node selector', () => {
    expect(answers(decideOn(pod('p', { nodeSelector: { disk: 'ssd' } }), { nodes }))).toEqual({ a: 'ok', b: refused, c: refused })
    expect(feasible({ nodeSelector: { disk: 'ssd', gen: '4' } })).toBe('')
    expect(feasible({ nodeSelector: { disk: 'ssd' }, ...required({ matchExpressions: [{ key: 'disk', operator: 'Exists' }] }) })).toBe('a')
  })

  it.each([
    ['In', ['ssd', 'nvme'], 'a'],
    ['NotIn', ['ssd'], 'bc'],
    ['Exists', [], 'ab'],
    ['DoesNotExist', [], 'c'],
    ['In', [], ''],
    ['NotIn', [], ''],
    ['Exists', ['ssd'], ''],
    ['DoesNotExist', ['ssd'], ''],
    ['Near', ['ssd'], ''],
    ['NotIn', [''], 'abc'],
    ['NotIn', ['not a label'], ''],
    ['NotIn', ['x'.repeat(64)], ''],
  ])('disk %s %j: %s', (operator, values, names) => {
    expect(feasible(required({ matchExpressions: [{ key: 'disk', operator, values }] }))).toBe(names)
  })

  it.each([
    ['Gt', ['3'], 'b'],
    ['Lt', ['10'], 'a'],
    ['Gt', ['3', '4'], ''],
    ['Lt', ['ten'], ''],
    ['Gt', [], ''],
    ['Gt', ['-1'], ''],
    ['Gt', ['+3'], ''],
    ['Lt', ['99999999999999999999'], ''],
  ])('gen %s %j: %s', (operator, values, names) => {
    expect(feasible(required({ matchExpressions: [{ key: 'gen', operator, values }] }))).toBe(names)
  })

  it('needs one term, and all of it', () => {
    expect(feasible(required({ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }] }, { matchExpressions: [{ key: 'gen', operator: 'In', values: ['10'] }] }))).toBe('ab')
    expect(feasible(required({ matchExpressions: [{ key: 'disk', operator: 'In', values: ['ssd'] }, { key: 'gen', operator: 'In', values: ['10'] }] }))).toBe('')
    expect(feasible(required({}))).toBe('')
    expect(feasible(required())).toBe('')
  })

  it('tries only the nodes that every term pins by name', () => {
    const pin = (...values: string[]) => ({ matchFields: [{ key: 'metadata.name', operator: 'In', values }] })
    const decision = decideOn(pod('p', required(pin('b'))), { nodes })
    expect(decision.preFilter).toMatchObject({ onlyNodes: ['b'], onlyNodesBy: ['NodeAffinity'] })
    expect(answers(decision)).toEqual({ a: ` UU: node(s) didn't satisfy plugin(s) [NodeAffinity]`, b: 'ok', c: ` UU: node(s) didn't satisfy plugin(s) [NodeAffinity]` })
    expect(decision.chosen).toBe('b')
    const two = decideOn(pod('p', required(pin('c'), pin('a'))), { nodes })
    expect(two.preFilter.onlyNodes).toEqual(['a', 'c'])
    expect(two.chosen).toBeUndefined()
    expect(decideOn(pod('p', required(pin('b'), { matchExpressions: [{ key: 'disk', operator: 'Exists' }] })), { nodes }).preFilter.onlyNodes).toBeUndefined()
    expect(decideOn(pod('p', required({ matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['b'] }] })), { nodes }).preFilter.onlyNodes).toBeUndefined()
    expect(feasible(required({ matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['b'] }] }))).toBe('ac')
    expect(feasible(required({ matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['b', 'c'] }] }))).toBe('')
    expect(feasible(required({ matchFields: [{ key: 'metadata.name', operator: 'Exists' }] }))).toBe('')
    const byUid = required({ matchFields: [{ key: 'metadata.uid', operator: 'In', values: ['b'] }] })
    expect(feasible(byUid)).toBe('')
    expect(decideOn(pod('p', byUid), { nodes }).preFilter.onlyNodes).toBeUndefined()
  })

  it('refuses the pod where a term pins two different names', () => {
    const decision = decideOn(pod('p', required({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }, { key: 'metadata.name', operator: 'In', values: ['b'] }] })), { nodes })
    expect(decision.preFilter.rejected).toEqual({ plugin: 'NodeAffinity', code: 'UnschedulableAndUnresolvable', reasons: ['pod affinity terms conflict'] })
    expect(decision.message).toBe('0/3 nodes are available: pod affinity terms conflict. not found')
    expect(decision.postFilterCode).toBe('Error')
  })

  it('scores by the preferences that match', () => {
    const prefer = (weight: number, key: string, value: string) => ({ weight, preference: { matchExpressions: [{ key, operator: 'In', values: [value] }] } })
    const preferred = [prefer(10, 'disk', 'ssd'), prefer(20, 'gen', '3'), prefer(40, 'gen', '10'), { weight: 99, preference: {} }]
    const decision = decideOn(pod('p', { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } }), { nodes })
    expect(scores(decision, 'NodeAffinity')).toEqual({ a: 30, b: 40, c: 0 })
    expect(scores(decision, 'NodeAffinity', 'normalized')).toEqual({ a: 75, b: 100, c: 0 })
    expect(scores(decision, 'NodeAffinity', 'weighted')).toEqual({ a: 150, b: 200, c: 0 })
  })

  it('is skipped without preferences, not with none of them', () => {
    expect(decideOn(pod('p'), { nodes }).preScoreSkipped).toContain('NodeAffinity')
    expect(decideOn(pod('p', { affinity: { nodeAffinity: {} } }), { nodes }).preScoreSkipped).toContain('NodeAffinity')
    const empty = decideOn(pod('p', { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } } }), { nodes })
    expect(empty.preScoreSkipped).not.toContain('NodeAffinity')
    expect(scores(empty, 'NodeAffinity', 'normalized')).toEqual({ a: 0, b: 0, c: 0 })
    expect(decideOn(pod('p'), { nodes }).preFilter.skipped).toContain('NodeAffinity')
    expect(decideOn(pod('p', { nodeSelector: {} }), { nodes }).preFilter.skipped).not.toContain('NodeAffinity')
  })

  it('lays the affinity of the profile on every pod', () => {
    const term = (key: string) => ({ matchExpressions: [{ key, operator: 'Exists' }] })
    const profile = { pluginConfig: [{ name: 'NodeAffinity', args: { addedAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term('disk')] },
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 7, preference: { matchExpressions: [{ key: 'disk', operator: 'In', values: ['hdd'] }] } }],
    } } }] }
    const decision = decideOn(pod('p'), { nodes }, profile)
    expect(answers(decision)).toEqual({ a: 'ok', b: 'ok', c: `NodeAffinity UU: node(s) didn't match scheduler-enforced node affinity` })
    expect(scores(decision, 'NodeAffinity')).toEqual({ a: 0, b: 7 })
    expect(feasible({ nodeSelector: { disk: 'ssd' } }, profile)).toBe('a')
  })
})

describe('nodeDeclaredFeatures', () => {
  const nodes = [node('plain'), node('other', { status: { declaredFeatures: ['Other'] } }), node('able', { status: { declaredFeatures: ['Other', 'RestartAllContainersOnContainerExits'] } })]
  const restarting = (action: string) => container({}, { restartPolicyRules: [{ action, exitCodes: { operator: 'In', values: [42] } }] })
  const refused = `NodeDeclaredFeatures UU: node(s) didn't match Pod's required features`

  it('asks for the feature where a container restarts them all', () => {
    expect(answers(decideOn(pod('p', { containers: [restarting('RestartAllContainers')] }), { nodes }))).toEqual({ plain: refused, other: refused, able: 'ok' })
    expect(answers(decideOn(pod('p', { initContainers: [restarting('RestartAllContainers')] }), { nodes })).plain).toBe(refused)
    const either = container({}, { restartPolicyRules: [{ action: 'Restart' }, { action: 'RestartAllContainers' }] })
    expect(answers(decideOn(pod('p', { containers: [either] }), { nodes })).plain).toBe(refused)
    expect(answers(decideOn(pod('p', { containers: [either] }), { nodes: [{ metadata: { name: 'new' } }] })).new).toBe('NodeResourcesFit U: Too many pods')
  })

  it('is skipped for all others', () => {
    expect(decideOn(pod('p', { containers: [restarting('Restart')] }), { nodes }).preFilter.skipped).toContain('NodeDeclaredFeatures')
    expect(decideOn(pod('p', { containers: [restarting('RestartAllContainers')] }), { nodes }).preFilter.skipped).not.toContain('NodeDeclaredFeatures')
  })
})

describe('imageLocality', () => {
  const image = (name: string, sizeBytes: number) => ({ images: [{ names: [`registry.example.com/${name}`, name], sizeBytes }] })
  const nodes = [node('one', { status: image('big:1', 2 ** 30) }), node('two', { status: image('big:1', 2 ** 30) }), node('none'), node('bare', { status: { images: [{}] } })]
  const using = (...images: (string | undefined)[]) => pod('p', { containers: images.map(image => container({}, { image })) })

  it('scores an image by its size and its spread', () => {
    // Half of the nodes have it: 512 MiB, of 23…1000.
    expect(scores(decideOn(using('big:1'), { nodes }), 'ImageLocality')).toEqual({ one: 50, two: 50, none: 0, bare: 0 })
    expect(scores(decideOn(using('big:2'), { nodes }), 'ImageLocality')).toEqual({ one: 0, two: 0, none: 0, bare: 0 })
    expect(scores(decideOn(using('registry.example.com/big:1'), { nodes }), 'ImageLocality').one).toBe(50)
  })

  it('takes the size that the first node reported for that of all', () => {
    const unlike = [node('first', { status: image('big:1', 2 ** 30) }), node('small', { status: image('big:1', 1) }), node('none'), node('bare')]
    expect(scores(decideOn(using('big:1'), { nodes: unlike }), 'ImageLocality')).toEqual({ first: 50, small: 50, none: 0, bare: 0 })
  })

  it('shares the score among containers, init containers too', () => {
    expect(scores(decideOn(using('big:1', undefined), { nodes }), 'ImageLocality').one).toBe(24)
    const init = pod('p', { containers: [container()], initContainers: [container({}, { image: 'big:1' })] })
    expect(scores(decideOn(init, { nodes }), 'ImageLocality').one).toBe(24)
  })

  it('counts the images of volumes in the sum, not among the containers', () => {
    const mounted = pod('p', { containers: [container({}, { image: 'big:1' })], volumes: [{ name: 'v', image: { reference: 'big:1' } }, { name: 'w', emptyDir: {} }] })
    expect(scores(decideOn(mounted, { nodes }), 'ImageLocality').one).toBe(100)
  })

  it('adds :latest where there is no tag, a port being none', () => {
    const tagged = [node('a', { status: image('local:5000/app:latest', 2 ** 30) }), node('b')]
    expect(scores(decideOn(using('registry.example.com/local:5000/app'), { nodes: tagged }), 'ImageLocality').a).toBe(50)
    expect(scores(decideOn(using('local:5000/app:latest'), { nodes: tagged }), 'ImageLocality').a).toBe(50)
    expect(scores(decideOn(using('local:5000/app:1'), { nodes: tagged }), 'ImageLocality').a).toBe(0)
  })

  it('starts at 23 MiB and ends at 1000 MiB a container', () => {
    const of = (bytes: number) => scores(decideOn(using('x:1'), { nodes: [node('a', { status: image('x:1', bytes) })] }), 'ImageLocality').a
    const mebibyte = 2 ** 20
    expect(of(23 * mebibyte)).toBe(0)
    expect(of(33 * mebibyte)).toBe(1)
    expect(of(999 * mebibyte)).toBe(99)
    expect(of(1000 * mebibyte)).toBe(100)
    expect(of(5000 * mebibyte)).toBe(100)
  })
})
