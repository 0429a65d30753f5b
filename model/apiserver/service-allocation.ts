/**
 * Cluster IPs and node ports: each IP is an object of its own (IPAddress), all node ports are one bitmap.
 *
 * Models pkg/registry/core/service/storage/alloc.go and pkg/registry/core/service/{ipallocator,portallocator}
 */
import type { Target } from './context.ts'
import type { Flow } from './flow.ts'
import type { Doc, Refusal } from './status.ts'
import { invalidValue } from './field-error.ts'
import { random, range, txn } from './flow.ts'
import { hasClusterIP, hasNodePorts } from './registry/services.ts'
import { invalid, notModelled } from './status.ts'
import { isIPv4 } from './validation/names.ts'

const ipPrefix = '/registry/ipaddresses/'
const portsKey = '/registry/ranges/servicenodeports'
const firstPort = 30000
const lastPort = 32767

type Release = (why: Refusal) => Flow<void>
const nothing: Release = function* () {}

function* reserveIP(address: string, service: Doc): Flow<boolean> {
  const key = `${ipPrefix}${address}`
  const { namespace, name } = service.metadata
  const answer = yield* txn({
    compare: [{ key, target: 'MOD', result: 'EQUAL', modRevision: 0 }],
    success: [{ put: { key, value: { kind: 'IPAddress', apiVersion: 'networking.k8s.io/v1', metadata: { name: address }, spec: { parentRef: { resource: 'services', namespace, name } } } } }],
  })
  return answer.succeeded
}

function* releaseIP(address: string): Flow<void> {
  yield* txn({ success: [{ deleteRange: { key: `${ipPrefix}${address}` } }] })
}

function* usedPorts(): Flow<{ used: number[], revision: number }> {
  const { kvs } = yield* range({ key: portsKey })
  return { used: (kvs[0]?.value as { used: number[] } | undefined)?.used ?? [], revision: kvs[0]?.modRevision ?? 0 }
}

/** Changes the bitmap of node ports as a whole. @returns false when somebody else did in between */
function* writePorts(used: number[], revision: number): Flow<boolean> {
  const answer = yield* txn({
    compare: [{ key: portsKey, target: 'MOD', result: 'EQUAL', modRevision: revision }],
    success: [{ put: { key: portsKey, value: { used } } }],
  })
  return answer.succeeded
}

/** A number drawn from `size`, by the server's random characters. */
function* draw(size: number): Flow<number> {
  return Number.parseInt(yield* random(8, true), 16) % size
}

function* giveIP(service: Doc): Flow<void> {
  const { spec } = service
  const wanted = spec.clusterIP
  if (wanted) {
    const refuse = (why: string) => invalid('Service', '', service.metadata.name, [invalidValue('spec.clusterIPs', [wanted], `failed to allocate IP ${wanted}: ${why}`)])
    if (/\.(?:0\.0|255\.255)$/.test(wanted))
      notModelled('the first and the last address')
    if (!wanted.startsWith('10.96.'))
      throw refuse('the provided network does not match the current range')
    if (!(yield* reserveIP(wanted, service)))
      throw refuse('provided IP is already allocated')
  }
  else {
    do
      spec.clusterIP = `10.96.${yield* draw(256)}.${1 + (yield* draw(254))}`
    while (!(yield* reserveIP(spec.clusterIP, service)))
  }
}

function* givePorts(service: Doc): Flow<void> {
  for (;;) {
    const { used, revision } = yield* usedPorts()
    const taken = new Set(used)
    const ports: Doc[] = (service.spec.ports ?? []).map((port: Doc) => ({ ...port }))
    for (const [index, port] of ports.entries()) {
      const path = `spec.ports[${index}].nodePort`
      const refuse = (why: string) => invalid('Service', '', service.metadata.name, [invalidValue(path, port.nodePort, why)])
      if (port.nodePort && (port.nodePort < firstPort || port.nodePort > lastPort))
        throw refuse(`provided port is not in the valid range. The range of valid ports is ${firstPort}-${lastPort}`)
      if (port.nodePort && taken.has(port.nodePort))
        throw ports.length > 1 ? notModelled('a repeated node port') : refuse('provided port is already allocated')
      while (!port.nodePort || (taken.has(port.nodePort) && !service.spec.ports[index].nodePort))
        port.nodePort = firstPort + (yield* draw(lastPort - firstPort + 1))
      taken.add(port.nodePort)
    }
    if (yield* writePorts([...taken], revision)) {
      service.spec.ports = ports
      return
    }
  }
}

/**
 * Gives a new service its addresses; answers with what undoes that if the create fails later. Only the errors of validation are
 * known to undo it with one write each.
 */
export function* allocate({ type }: Target, object: Doc, dryRun: boolean): Flow<Release> {
  const { spec } = object
  if (type.resource !== 'services' || spec.type === 'ExternalName')
    return nothing
  if (dryRun)
    notModelled('a dry run of a service')
  if (!hasNodePorts(spec) && (spec.ports ?? []).some((port: Doc) => port.nodePort))
    notModelled('a node port of a service that has none')
  Object.assign(spec, { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' })
  if (!hasClusterIP(spec)) {
    spec.clusterIPs = ['None']
    return nothing
  }
  if (spec.clusterIP && !isIPv4(spec.clusterIP)) {
    spec.clusterIPs = [spec.clusterIP]
    return nothing
  }
  yield* giveIP(object)
  spec.clusterIPs = [spec.clusterIP]
  if (hasNodePorts(spec)) {
    try {
      yield* givePorts(object)
    }
    catch (error) {
      yield* releaseIP(spec.clusterIP)
      throw error
    }
  }
  return function* release(why) {
    yield* releaseIP(spec.clusterIP)
    // What the real one writes when the name is taken was seen to be one revision more.
    if (why.response.status !== 422 || hasNodePorts(spec))
      notModelled('a service refused after its addresses were given')
  }
}

/** Gives back what a deleted service had. */
export function* releaseAddresses({ type }: Target, { spec }: Doc): Flow<void> {
  if (type.resource !== 'services' || !hasClusterIP(spec))
    return
  if (hasNodePorts(spec)) {
    const { used, revision } = yield* usedPorts()
    const own = new Set((spec.ports ?? []).map((port: Doc) => port.nodePort))
    yield* writePorts(used.filter(port => !own.has(port)), revision)
  }
  yield* releaseIP(spec.clusterIP)
}
