import { describe, expect, it } from 'vitest'
import { answers, container, decideOn, node, pod } from '../cluster.ts'

describe('nodePorts', () => {
  const taken = `NodePorts U: node(s) didn't have free ports for the requested pod ports`
  const ports = (...given: object[]) => ({ containers: [container({}, { ports: given })] })
  const answer = (ours: object, theirs: object) => answers(decideOn(pod('p', ports(ours)), { nodes: [node('a')], pods: [pod('r', { nodeName: 'a', ...ports(theirs) })] })).a

  it.each([
    [{ hostPort: 80 }, { hostPort: 80 }, taken],
    [{ hostPort: 80 }, { hostPort: 81 }, 'ok'],
    [{ hostPort: 80 }, { hostPort: 80, protocol: 'UDP' }, 'ok'],
    [{ hostPort: 80, protocol: 'TCP' }, { hostPort: 80 }, taken],
    [{ hostPort: 80, hostIP: '10.0.0.1' }, { hostPort: 80, hostIP: '10.0.0.2' }, 'ok'],
    [{ hostPort: 80, hostIP: '10.0.0.1' }, { hostPort: 80, hostIP: '10.0.0.1' }, taken],
    [{ hostPort: 80, hostIP: '10.0.0.1' }, { hostPort: 80 }, taken],
    [{ hostPort: 80, hostIP: '0.0.0.0' }, { hostPort: 80, hostIP: '10.0.0.2' }, taken],
    [{ hostPort: 80 }, { containerPort: 80 }, 'ok'],
  ])('%j beside %j: %s', (ours, theirs, expected) => {
    expect(answer(ours, theirs)).toBe(expected)
  })

  it('needs every port that the pod asks for', () => {
    const two = pod('p', ports({ hostPort: 80 }, { hostPort: 81 }))
    expect(answers(decideOn(two, { nodes: [node('a')], pods: [pod('r', { nodeName: 'a', ...ports({ hostPort: 81 }) })] })).a).toBe(taken)
  })

  it('takes a port for free as soon as one of those that had it goes', () => {
    const having = (name: string, priority: number) => pod(name, { nodeName: 'a', priority, ...ports({ hostPort: 80 }) })
    const incoming = pod('p', { priority: 10, ...ports({ hostPort: 80 }) })
    const { preemption } = decideOn(incoming, { nodes: [node('a')], pods: [having('low', 1), having('high', 100)] })
    expect(preemption!.candidates).toEqual([{ node: 'a', victims: ['default/low'], numPDBViolations: 0 }])
  })

  it('is skipped for pods without host ports', () => {
    const skipped = (spec: object) => decideOn(pod('p', spec), { nodes: [node('a')] }).preFilter.skipped.includes('NodePorts')
    expect(skipped(ports({ containerPort: 80 }))).toBe(true)
    expect(skipped(ports({ hostPort: 0 }))).toBe(true)
    expect(skipped(ports({ hostPort: 80 }))).toBe(false)
    expect(skipped({ hostNetwork: true, ...ports({ containerPort: 80 }) })).toBe(false)
    expect(skipped({ initContainers: [container({}, { restartPolicy: 'Always', ports: [{ hostPort: 80 }] })] })).toBe(false)
    expect(skipped({ initContainers: [container({}, { ports: [{ hostPort: 80 }] })] })).toBe(true)
  })
})
