/**
 * Values that the API fills in for fields left out of a pod or a pod template.
 *
 * Models pkg/apis/core/v1/defaults.go
 */
import type { Doc } from '../status.ts'

/** Sets fields that are absent. */
export function fill(object: Doc, values: Doc): void {
  for (const [key, value] of Object.entries(values))
    object[key] ??= value
}

/** No tag, or `latest`, is pulled each time; a digest never changes. */
function pullPolicy(image = ''): string {
  if (image.includes('@'))
    return 'IfNotPresent'
  const tag = image.split('/').at(-1)!.split(':')[1] ?? 'latest'
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

function fillContainer(container: Doc): void {
  fill(container, { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File', imagePullPolicy: pullPolicy(container.image) })
  for (const port of container.ports ?? [])
    fill(port, { protocol: 'TCP' })
  for (const { valueFrom } of container.env ?? []) {
    if (valueFrom?.fieldRef)
      fill(valueFrom.fieldRef, { apiVersion: 'v1' })
  }
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe].filter(Boolean)) {
    fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 })
    if (probe.httpGet)
      fill(probe.httpGet, { path: '/', scheme: 'HTTP' })
  }
}

const sources = ['emptyDir', 'configMap', 'projected']

function fillVolume(volume: Doc): void {
  if (!sources.some(source => volume[source]))
    volume.emptyDir = {}
  for (const source of [volume.configMap, volume.projected].filter(Boolean))
    fill(source, { defaultMode: 0o644 })
  for (const projection of volume.projected?.sources ?? []) {
    if (projection.serviceAccountToken)
      fill(projection.serviceAccountToken, { expirationSeconds: 3600 })
    for (const item of projection.downwardAPI?.items ?? []) {
      if (item.fieldRef)
        fill(item.fieldRef, { apiVersion: 'v1' })
    }
  }
}

/** A pod's spec, in a pod or in a template. */
export function fillPodSpec(spec: Doc): void {
  fill(spec, { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', securityContext: {}, terminationGracePeriodSeconds: 30, schedulerName: 'default-scheduler' })
  // The old name of the field is kept equal to the new one.
  const account = spec.serviceAccountName ?? spec.serviceAccount
  if (account)
    Object.assign(spec, { serviceAccountName: account, serviceAccount: account })
  spec.containers?.forEach(fillContainer)
  spec.volumes?.forEach(fillVolume)
}

/** A pod: besides its spec, a limit without a request is the request too. */
export function fillPod(pod: Doc): void {
  fill(pod.spec, { enableServiceLinks: true })
  for (const { resources } of pod.spec.containers ?? []) {
    if (resources.limits)
      resources.requests = { ...resources.limits, ...resources.requests }
  }
  fillPodSpec(pod.spec)
  const { status } = pod
  // The single address wins over the list, and each is made from the other.
  if (status.podIP && status.podIP !== status.podIPs?.[0]?.ip)
    status.podIPs = [{ ip: status.podIP }]
  else if (status.podIPs?.length)
    status.podIP = status.podIPs[0].ip
}
