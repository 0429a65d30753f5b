import type { ClusterInput } from '../../scenes/cluster-input.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Deployment } from 'kubernetes-models/apps/v1'
import { Node, Service } from 'kubernetes-models/v1'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import schedulerDecision from '../../scenes/scheduler-decision.ts'

const root = join(import.meta.dirname, '../..')
const recordings = join(root, 'tests/fixtures/recordings')

interface Manifest { apiVersion: string, kind: string, metadata: { name: string } }
interface Write { type: string, resource: string, name: string, by: string, verb: string, uri: string, request?: Manifest, object?: Manifest }

/** Kubernetes' own OpenAPI schemas, as the package `kubernetes-models` compiles them. */
const validators: Record<string, (manifest: object) => void> = {
  Deployment: manifest => new Deployment(manifest as ConstructorParameters<typeof Deployment>[0]).validate(),
  Service: manifest => new Service(manifest as ConstructorParameters<typeof Service>[0]).validate(),
  Node: manifest => new Node(manifest as ConstructorParameters<typeof Node>[0]).validate(),
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function manifests(file: string): Manifest[] {
  return parseAllDocuments(read(`snippets/${file}`)).map((document) => {
    expect(document.errors, file).toEqual([])
    return document.toJS() as Manifest
  })
}

function jsonLines<T>(path: string): T[] {
  return readFileSync(join(recordings, path), 'utf8').trim().split('\n').map(line => JSON.parse(line) as T)
}

const files = readdirSync(join(root, 'snippets'))
const yamlFiles = files.filter(file => file.endsWith('.yaml'))
const deployed = jsonLines<Write>('cluster/deploy/writes.jsonl')

describe.each(yamlFiles)('snippets/%s', (file) => {
  it('is valid against the schemas of the Kubernetes API', () => {
    const found = manifests(file)
    expect(found.length).toBeGreaterThan(0)
    for (const manifest of found) {
      const validate = validators[manifest.kind]
      expect(validate, `a validator for ${manifest.kind}`).toBeDefined()
      expect(() => validate?.(manifest)).not.toThrow()
    }
  })

  it('has no field that the real API server did not take', () => {
    const accepted = [
      ...deployed.flatMap(write => write.by === 'kubectl' && write.request ? [write.request] : []),
      ...jsonLines<{ resource: string, object: Manifest }>('cluster/deploy/initial.jsonl').map(line => line.object),
    ]
    for (const manifest of manifests(file)) {
      const real = accepted.find(({ kind, metadata }) => kind === manifest.kind && metadata.name === manifest.metadata.name)
      expect(real, `${manifest.kind} ${manifest.metadata.name} in the recording`).toBeDefined()
      expect(real).toMatchObject({ ...manifest })
    }
  })
})

describe('the thread of the talk', () => {
  it('is the same in the manifests and in the scheduler\'s scene', () => {
    const { nodes, pod } = schedulerDecision.example as ClusterInput
    const written = manifests('nodes.yaml') as unknown as typeof nodes
    expect(nodes.map(node => [node.metadata.name, node.status?.allocatable])).toMatchObject(written.map(node => [node.metadata.name, node.status?.allocatable]))
    const [web] = manifests('web.yaml') as unknown as { spec: { template: { spec: typeof pod.spec } } }[]
    expect(pod.spec?.containers[0]?.resources?.requests).toEqual(web?.spec.template.spec?.containers[0]?.resources?.requests)
  })
})

describe('the validators', () => {
  it('refuse a manifest that breaks the schema', () => {
    const [web] = manifests('web.yaml')
    expect(() => validators.Deployment?.({ ...web, spec: { replicas: 'three' } })).toThrow('replicas')
  })
})

describe('what the talk shows of a real control plane', () => {
  it('lists keys that etcd held', () => {
    const held = readFileSync(join(recordings, 'etcd/keys.txt'), 'utf8').split('\n')
    const written = deployed.map(({ resource, name }) => `/registry/${resource}/default/${name}`)
    const shown = read('snippets/etcd-keys.txt').trimEnd().split('\n')
    expect(shown.length).toBe(7)
    for (const key of shown)
      expect([...held, ...written]).toContain(key)
  })

  it('lists requests that the API server answered, in their order', () => {
    const methods: Record<string, string> = { create: 'POST', update: 'PUT', patch: 'PATCH' }
    const answered = deployed.map(({ by, verb, uri }) => `${by} ${methods[verb]} ${uri.replace(/^\/apis?\/.*namespaces\/default\//, '\u2026/')}`)
    const shown = read('snippets/requests.txt').trimEnd().split('\n').map(line => line.replace(/ +/g, ' '))
    const places = shown.map(request => answered.indexOf(request))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
})

describe('terminal sessions', () => {
  const typed = new Map<string, string>()
  for (const name of ['deploy', 'scale']) {
    for (const { mark, out } of jsonLines<{ mark: string, out?: string }>(`cluster/${name}/commands.jsonl`)) {
      if (mark.startsWith('$ ') && out)
        typed.set(mark, out)
    }
  }
  const basics = readFileSync(join(recordings, 'kubectl/basics.txt'), 'utf8')

  it('show the cluster-info that kubectl printed', () => {
    const session = read('snippets/cluster-info.console').replace('$ kubectl', '$ bin/kubectl')
    expect(basics).toContain(session)
  })

  it('show the Deployment as kubectl printed it, less the columns of -o wide', () => {
    const wide = `${typed.get('$ kubectl get deploy,rs,po,svc,ep,endpointslices -o wide')}`.split('\n')
    const lines = read('snippets/apply-web.console').trimEnd().split('\n')
    expect(lines.slice(0, 2)).toEqual(['$ kubectl apply -f web.yaml', typed.get('$ kubectl apply -f web.yaml')?.trim()])
    const shown = lines.slice(3)
    expect(shown.length).toBe(10)
    for (const line of shown)
      expect(wide.some(recorded => line === '' ? recorded === '' : recorded.startsWith(line)), line).toBe(true)
  })

  it('show the FailedScheduling event as recorded', () => {
    const [scale, answer, events, header, event] = read('snippets/failed-scheduling.console').trimEnd().split('\n')
    expect(typed.get(`${scale}`)?.trim()).toBe(answer)
    expect(typed.get(`${events}`)?.split('\n')).toEqual(expect.arrayContaining([header, event]))
  })

  it('show the nodes as kubectl printed them, less the columns of -o wide', () => {
    const [command, ...lines] = read('snippets/get-nodes.console').trimEnd().split('\n')
    expect(basics).toContain(`${command} -o wide`.replace('kubectl', 'bin/kubectl'))
    for (const line of lines)
      expect(basics.split('\n').some(recorded => recorded.startsWith(line)), line).toBe(true)
  })

  it('show a line of the pod\'s watch for every write that the recording has of it', () => {
    const pod = 'web-5cc9cc9585-fvqk5'
    const lines = read('snippets/watch-pod.console').trimEnd().split('\n').slice(2).map(line => line.split(/\s+/))
    const writes = deployed.filter(write => write.resource === 'pods' && write.name === pod)
    expect(writes.map(write => write.by)).toEqual(['kube-controller-manager', 'kube-scheduler', 'kubelet', 'kubelet'])
    expect(lines.map(([name, ready, status]) => [name, ready, status])).toEqual(statuses(writes).map(status => [pod, ...status]))
  })
})

/** What kubectl prints under READY and STATUS after each of these writes of a pod with one container. */
function statuses(writes: Write[]): [string, string][] {
  let phase = 'Pending'
  let ready = 0
  let waiting: string | undefined
  return writes.map((write) => {
    const status = (write.request as { status?: { phase?: string, containerStatuses?: { ready: boolean, state: { waiting?: { reason: string } } }[] } } | undefined)?.status
    const [container] = status?.containerStatuses ?? []
    phase = status?.phase ?? phase
    if (container) {
      ready = container.ready ? 1 : 0
      waiting = container.state.waiting?.reason
    }
    return [`${ready}/1`, waiting ?? phase]
  })
}
