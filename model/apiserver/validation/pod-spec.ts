/**
 * A pod's spec: the errors that are imitated with their texts; whatever else looks odd is not modelled.
 *
 * What goes beyond containers, tolerations and node selectors is checked by pod-parts.ts and placement.ts, where extras.ts is.
 *
 * Models pkg/apis/core/validation/validation.go (ValidatePodSpec)
 */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import { compareQuantities, parseQuantity } from '../../quantity.ts'
import { extensions } from '../extensions.ts'
import { duplicateValue, forbiddenField, invalidValue, requiredValue, unsupportedValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { nameErrors } from './metadata.ts'
import { dnsLabel, dnsSubdomain, isQualifiedName } from './names.ts'
import { plainSelector, plainToleration } from './scheduling.ts'

const zero = parseQuantity('0')
const portRange = 'must be between 1 and 65535, inclusive'
export const protocols = ['SCTP', 'TCP', 'UDP']

/** A port's number. */
export function portErrors(port: number, path: string): FieldError[] {
  return port >= 1 && port <= 65535 ? [] : [invalidValue(path, port, portRange)]
}

function containerPortErrors(ports: Doc[] = [], path: string): FieldError[] {
  const names = ports.map(port => port.name).filter(Boolean)
  if (names.some(name => !/^(?=.{1,15}$)(?!.*--)(?=.*[a-z])[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(name)) || new Set(names).size < names.length)
    notModelled('an ill-formed or repeated port name')
  // Upstream takes these, with a warning.
  if (new Set(ports.map(port => `${port.containerPort} ${port.protocol}`)).size < ports.length)
    notModelled('a repeated port')
  return ports.flatMap((port, index) => {
    const at = `${path}[${index}]`
    return [
      ...(port.containerPort === 0 ? [requiredValue(`${at}.containerPort`)] : portErrors(port.containerPort, `${at}.containerPort`)),
      ...(protocols.includes(port.protocol) ? [] : [unsupportedValue(`${at}.protocol`, port.protocol, protocols)]),
    ]
  })
}

const plainResources = new Set(['cpu', 'memory', 'ephemeral-storage'])

function resourceErrors({ limits = {}, requests = {} }: Doc, path: string): FieldError[] {
  for (const name of [...Object.keys(limits), ...Object.keys(requests)]) {
    const extended = !plainResources.has(name)
    if (extended && (!name.includes('/') || !isQualifiedName(name) || name.includes('kubernetes.io/') || limits[name] !== requests[name] || !/^\d+$/.test(limits[name])))
      notModelled(`the resource ${name}`)
  }
  for (const [name, amount] of [...Object.entries(limits), ...Object.entries(requests)]) {
    if (name !== 'cpu' && /[mun]$/.test(String(amount)))
      notModelled('a fraction of a byte')
  }
  const negative = (list: Record<string, string>, at: string) => (name: string): FieldError[] =>
    compareQuantities(parseQuantity(list[name]!), zero) < 0 ? [invalidValue(`${at}[${name}]`, list[name], 'must be greater than or equal to 0')] : []
  const overLimit = (name: string): FieldError[] =>
    name in limits && compareQuantities(parseQuantity(requests[name]), parseQuantity(limits[name])) > 0
      ? [invalidValue(`${path}.requests`, requests[name], `must be less than or equal to ${name} limit of ${limits[name]}`)]
      : []
  return [
    ...Object.keys(limits).flatMap(negative(limits, `${path}.limits`)),
    ...Object.keys(requests).flatMap(name => [...negative(requests, `${path}.requests`)(name), ...overLimit(name)]),
  ]
}

const pullPolicies = ['Always', 'IfNotPresent', 'Never']

function containerErrors(container: Doc, volumes: Set<string>, path: string): FieldError[] {
  const { name, image = '', ports, env, volumeMounts, imagePullPolicy, resources, securityContext, terminationMessagePolicy } = container
  extensions.podChecks?.expectPlainProbes(container)
  if (image !== image.trim() || !['File', 'FallbackToLogsOnError'].includes(terminationMessagePolicy))
    notModelled('this image or termination message policy')
  return [
    ...(name ? nameErrors(name, dnsLabel, `${path}.name`) : [requiredValue(`${path}.name`)]),
    ...(image ? [] : [requiredValue(`${path}.image`)]),
    ...containerPortErrors(ports, `${path}.ports`),
    ...extensions.podChecks?.envErrors(env, `${path}.env`) ?? [],
    ...extensions.podChecks?.mountErrors(volumeMounts, volumes, `${path}.volumeMounts`) ?? [],
    ...(pullPolicies.includes(imagePullPolicy) ? [] : [unsupportedValue(`${path}.imagePullPolicy`, imagePullPolicy, pullPolicies)]),
    ...resourceErrors(resources, `${path}.resources`),
    ...(securityContext?.privileged ? [forbiddenField(`${path}.securityContext.privileged`, 'disallowed by cluster policy')] : []),
  ]
}

const restartPolicies = ['Always', 'OnFailure', 'Never']

/** Every error of a pod's spec, in upstream's order. @throws 501 for what isn't imitated */
export function podSpecErrors(spec: Doc, path: string): FieldError[] {
  const { containers = [], restartPolicy, dnsPolicy, nodeName, serviceAccountName, terminationGracePeriodSeconds, hostname, subdomain } = spec
  const volumes = new Set<string>((spec.volumes ?? []).map((volume: Doc) => volume.name))
  if (!(spec.tolerations ?? []).every(plainToleration) || !plainSelector({ matchLabels: spec.nodeSelector }))
    notModelled('an ill-formed toleration or selector')
  extensions.podChecks?.expectPlainScheduling(spec)
  if (!['ClusterFirst', 'ClusterFirstWithHostNet', 'Default'].includes(dnsPolicy) || terminationGracePeriodSeconds < 0)
    notModelled('this DNS policy or grace period')
  if ([nodeName, serviceAccountName].some(name => name && dnsSubdomain.problem(name)) || [hostname, subdomain].some(name => name && dnsLabel.problem(name)))
    notModelled('an ill-formed name in a pod\'s spec')
  const seen = new Set<string>()
  return [
    ...extensions.podChecks?.volumeErrors(spec.volumes, `${path}.volumes`) ?? [],
    ...(containers?.length
      ? containers.flatMap((container: Doc, index: number) => {
          const at = `${path}.containers[${index}]`
          const errors = containerErrors(container, volumes, at)
          if (container.name && seen.has(container.name))
            errors.push(duplicateValue(`${at}.name`, container.name))
          seen.add(container.name)
          return errors
        })
      : [requiredValue(`${path}.containers`)]),
    ...(restartPolicies.includes(restartPolicy) ? [] : [unsupportedValue(`${path}.restartPolicy`, restartPolicy, restartPolicies)]),
  ]
}
