/**
 * Services. Their cluster IPs and node ports are allocated by the storage (see service-allocation.ts).
 *
 * Models pkg/registry/core/service/strategy.go and ValidateService in pkg/apis/core/validation/validation.go
 */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import type { ResourceType } from './resource-type.ts'
import { duplicateValue, forbiddenField, invalidValue, requiredValue, unsupportedValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { nameErrors } from '../validation/metadata.ts'
import { dnsLabel, dnsSubdomain, isIPv4 } from '../validation/names.ts'
import { portErrors, protocols } from '../validation/pod-spec.ts'
import { plainSelector } from '../validation/scheduling.ts'
import { fill } from './defaults.ts'

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
/** Types that have a cluster IP, and those that have node ports. */
export const hasClusterIP = (spec: Doc) => spec.type !== 'ExternalName' && spec.clusterIP !== 'None'
export const hasNodePorts = (spec: Doc) => spec.type === 'NodePort' || spec.type === 'LoadBalancer'

function servicePortErrors(ports: Doc[] | undefined, spec: Doc): FieldError[] {
  if (!ports?.length)
    return hasClusterIP(spec) && spec.type !== 'ExternalName' ? [requiredValue('spec.ports')] : []
  const names = new Set<string>()
  const seen = new Set<string>()
  const own = ports.flatMap((port, index) => {
    const { name = '', protocol, targetPort } = port
    const path = `spec.ports[${index}]`
    if (typeof targetPort === 'string' && !/^(?=.{1,15}$)(?!.*--)(?=.*[a-z])[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(targetPort))
      notModelled('an ill-formed name of a target port')
    const nameProblems = name
      ? [...nameErrors(name, dnsLabel, `${path}.name`), ...(names.has(name) ? [duplicateValue(`${path}.name`, name)] : [])]
      : ports.length > 1 ? [requiredValue(`${path}.name`)] : []
    names.add(name)
    return [
      ...nameProblems,
      ...portErrors(port.port, `${path}.port`),
      ...(protocols.includes(protocol) ? [] : [unsupportedValue(`${path}.protocol`, protocol, protocols)]),
      ...(typeof targetPort === 'number' ? portErrors(targetPort, `${path}.targetPort`) : []),
    ]
  })
  const repeated = ports.flatMap(({ protocol, port }, index) => {
    const key = `${protocol} ${port}`
    const again = seen.has(key)
    seen.add(key)
    return again ? [duplicateValue(`spec.ports[${index}]`, { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 })] : []
  })
  return [...own, ...repeated]
}

function serviceErrors({ spec }: Doc): FieldError[] {
  const { type, sessionAffinity, clusterIP, externalName, selector, externalTrafficPolicy = 'Cluster', internalTrafficPolicy = 'Cluster' } = spec
  if (![externalTrafficPolicy, internalTrafficPolicy].every(policy => ['Cluster', 'Local'].includes(policy)) || !plainSelector({ matchLabels: selector }) || sessionAffinity === 'ClientIP' || externalTrafficPolicy === 'Local')
    notModelled('this traffic policy, session affinity or selector')
  if (type === 'ExternalName' && (clusterIP || (externalName && dnsSubdomain.problem(externalName))))
    notModelled('this external name')
  if (!hasNodePorts(spec) && spec.ports?.some((port: Doc) => port.nodePort))
    notModelled('a node port of a service that has none')
  if (type !== 'ExternalName' && externalName)
    notModelled('an external name of a service that has none')
  if (clusterIP && clusterIP !== 'None' && !isIPv4(clusterIP) && /^[\da-f.:]*$/i.test(clusterIP))
    notModelled('this cluster IP')
  if (clusterIP === 'None' && type !== 'ClusterIP')
    notModelled('a headless service of another type')
  return [
    ...servicePortErrors(spec.ports, spec),
    ...(type === 'ExternalName' && !externalName ? [requiredValue('spec.externalName')] : []),
    ...(clusterIP && clusterIP !== 'None' && !isIPv4(clusterIP) ? [invalidValue('spec.clusterIPs[0]', clusterIP, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')] : []),
    ...(sessionAffinity === 'None' ? [] : [unsupportedValue('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None'])]),
    ...(types.includes(type) ? [] : [unsupportedValue('spec.type', type, types)]),
  ]
}

function fillService({ spec, status }: Doc): void {
  fill(spec, { sessionAffinity: 'None', type: 'ClusterIP' })
  for (const port of spec.ports ?? []) {
    fill(port, { protocol: 'TCP' })
    if (!port.targetPort)
      port.targetPort = port.port
  }
  if (hasNodePorts(spec))
    fill(spec, { externalTrafficPolicy: 'Cluster' })
  if (spec.type !== 'ExternalName')
    fill(spec, { internalTrafficPolicy: 'Cluster' })
  if (spec.type === 'LoadBalancer')
    fill(spec, { allocateLoadBalancerNodePorts: true })
  for (const ingress of status.loadBalancer.ingress ?? []) {
    if (ingress.ip && spec.type === 'LoadBalancer')
      fill(ingress, { ipMode: 'VIP' })
  }
}

/** What a client leaves out of an update is taken from the stored service. */
function keepAllocated({ spec }: Doc, { spec: old }: Doc): void {
  if (spec.type !== old.type)
    notModelled('a service that changes its type')
  if (hasNodePorts(old) && JSON.stringify(spec.ports) !== JSON.stringify(old.ports))
    notModelled('other ports of a service with node ports')
  if (spec.type !== 'ExternalName')
    fill(spec, { clusterIP: old.clusterIP, clusterIPs: old.clusterIPs, ipFamilies: old.ipFamilies, ipFamilyPolicy: old.ipFamilyPolicy })
  if (JSON.stringify(spec.ipFamilies) !== JSON.stringify(old.ipFamilies) || spec.ipFamilyPolicy !== old.ipFamilyPolicy)
    notModelled('other IP families')
}

export const services: ResourceType = {
  resource: 'services',
  group: '',
  version: 'v1',
  kind: 'Service',
  namespaced: true,
  prefix: '/registry/services/specs/',
  nameRule: dnsLabel,
  subresources: ['status'],
  unconditionalUpdate: true,
  // Real ones are deleted one by one, each with its addresses: not modelled as a collection.
  deleteCollection: true,
  answersDeleted: true,
  defaults: fillService,
  fields: { 'spec.type': ({ spec }) => spec.type, 'spec.clusterIP': ({ spec }) => spec.clusterIP ?? '' },
  prepareForCreate(service) {
    service.status = { loadBalancer: {} }
    if (service.spec.clusterIP === 'None' && !service.spec.selector)
      notModelled('a headless service without selector')
    if (service.spec.clusterIPs || service.spec.ipFamilies || service.spec.ipFamilyPolicy)
      notModelled('IP families chosen by hand')
  },
  prepareForUpdate(service, old) {
    service.status = old.status
    keepAllocated(service, old)
  },
  prepareForStatus(service, old) {
    service.spec = old.spec
  },
  validate: serviceErrors,
  validateUpdate({ spec }, { spec: old }) {
    if (spec.clusterIP !== old.clusterIP)
      return [invalidValue('spec.clusterIPs[0]', [spec.clusterIP], 'may not change once set')]
    return JSON.stringify(spec.clusterIPs) === JSON.stringify(old.clusterIPs) ? [] : notModelled('other cluster IPs')
  },
  validateStatus({ spec, status }) {
    const { ingress = [] } = status.loadBalancer
    if (ingress.some(({ ip, hostname, ipMode = 'VIP' }: Doc) => (ip && !isIPv4(ip)) || (hostname && dnsSubdomain.problem(hostname)) || !['VIP', 'Proxy'].includes(ipMode)))
      notModelled('this address of a load balancer')
    return ingress.length && spec.type !== 'LoadBalancer' ? [forbiddenField('status.loadBalancer.ingress', 'may only be used when `spec.type` is \'LoadBalancer\'')] : []
  },
}
