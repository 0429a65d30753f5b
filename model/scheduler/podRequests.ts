/**
 * What a pod asks for, summed over its containers.
 *
 * Models staging/src/k8s.io/component-helpers/resource/helpers.go and the defaulting of pkg/apis/core/v1/defaults.go
 */
import type { Container, PodSpec, ResourceList } from '../objects.ts'
import { parseQuantity } from '../quantity.ts'

/** Resource name → amount: milliCPU for cpu, whole units (bytes, pods, devices) for the rest. */
export type Amounts = Record<string, number>

/** Resource name → billionths, exact. */
type Exact = Record<string, bigint>

/** What a container that says nothing counts as, in scores only. */
const unspecified: Exact = { cpu: 100_000_000n, memory: 200n * 1024n * 1024n * 1_000_000_000n }

/**
 * The quantities of a resource list as exact amounts.
 *
 * @throws {QuantityError} with the path of the field
 */
function exact(list: ResourceList | undefined, path: string): Exact {
  const amounts: Exact = {}
  for (const name in list)
    amounts[name] = parseQuantity(list[name]!, `${path}.${name}`).nano
  return amounts
}

function inUnits(amounts: Exact): Amounts {
  const rounded: Amounts = {}
  for (const name in amounts) {
    const unit = name === 'cpu' ? 1_000_000n : 1_000_000_000n
    const nano = amounts[name]!
    rounded[name] = Number(nano / unit + (nano % unit > 0n ? 1n : 0n))
  }
  return rounded
}

/** A resource list (a node's allocatable, say) in scheduler units. */
export function amountsOf(list: ResourceList | undefined, path = ''): Amounts {
  return inUnits(exact(list, path))
}

function add(to: Exact, from: Exact): void {
  for (const name in from)
    to[name] = (to[name] ?? 0n) + from[name]!
}

function raise(to: Exact, from: Exact): void {
  for (const name in from) {
    if (to[name] === undefined || from[name]! > to[name]!)
      to[name] = from[name]!
  }
}

/** A container's requests; what has a limit and no request requests its limit. */
function containerRequests(container: Container, path: string, missing: Exact): Exact {
  const { limits, requests } = container.resources ?? {}
  return { ...missing, ...exact(limits, `${path}.resources.limits`), ...exact(requests, `${path}.resources.requests`) }
}

/** Containers run side by side; init containers one after another, beside the sidecars started before them. */
function overContainers(spec: PodSpec, missing: Exact): Exact {
  const total: Exact = {}
  spec.containers.forEach((container, index) =>
    add(total, containerRequests(container, `spec.containers[${index}]`, missing)))
  const sidecars: Exact = {}
  const highest: Exact = {}
  spec.initContainers?.forEach((container, index) => {
    const requests = containerRequests(container, `spec.initContainers[${index}]`, missing)
    if (container.restartPolicy === 'Always') {
      add(total, requests)
      add(sidecars, requests)
      raise(highest, sidecars)
    }
    else {
      add(requests, sidecars)
      raise(highest, requests)
    }
  })
  raise(total, highest)
  return total
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-')
}

/** The resources that may be set for the pod as a whole, defaulted as the API server does. */
function podLevelRequests(spec: PodSpec): Exact {
  const requests = exact(spec.resources?.requests, 'spec.resources.requests')
  const limits = exact(spec.resources?.limits, 'spec.resources.limits')
  if (Object.keys(limits).length) {
    const sum = overContainers(spec, {})
    for (const name in sum) {
      if (!isHugePages(name))
        requests[name] ??= sum[name]!
    }
    for (const name in limits)
      requests[name] ??= limits[name]!
  }
  return Object.fromEntries(Object.entries(requests).filter(([name]) =>
    name === 'cpu' || name === 'memory' || isHugePages(name)))
}

/** What the pods' resources are taken to be, for filtering and for each way of scoring. */
export interface PodRequests {
  /** What filters compare with allocatable. */
  real: Amounts
  /** What the pod counts on its node in scores by allocation: an unspecified cpu or memory is 100m or 200Mi. */
  nonZero: Amounts
  /** What the pod counts in those scores while it is the one to be placed: resources set for the pod as a whole are passed over. */
  incoming: Amounts
}

/**
 * A pod's requests in scheduler units.
 *
 * @throws {QuantityError} with the path of the field, `spec.containers[0].resources.requests.cpu`
 */
export function podRequests(spec: PodSpec): PodRequests {
  const podLevel = podLevelRequests(spec)
  const overhead = exact(spec.overhead, 'spec.overhead')
  const sum = (missing: Exact, wholePod: Exact) => {
    const total = { ...overContainers(spec, missing), ...wholePod }
    add(total, overhead)
    return total
  }
  const real = sum({}, podLevel)
  const filled = { ...unspecified }
  if (Object.keys(podLevel).length) {
    for (const name in real)
      delete filled[name]
  }
  return { real: inUnits(real), nonZero: inUnits(sum(filled, podLevel)), incoming: inUnits(sum(unspecified, {})) }
}
