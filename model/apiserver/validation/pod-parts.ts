/**
 * Parts of a pod's spec that no scene has: environment, volumes and their mounts, probes.
 *
 * Models pkg/apis/core/validation/validation.go (ValidateEnv, ValidateVolumeMounts, ValidateVolumes, validateProbe)
 */
import type { FieldError } from '../field-error.ts'
import type { Doc } from '../status.ts'
import { forbiddenField, missingValue, requiredValue } from '../field-error.ts'
import { notModelled } from '../status.ts'
import { nameErrors } from './metadata.ts'
import { dnsLabel } from './names.ts'

const fieldPaths = new Set(['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.podIP', 'status.hostIPs', 'status.podIPs'])

/** Environment variables of a container. */
export function envErrors(env: Doc[] = [], path: string): FieldError[] {
  if (new Set(env.map(each => each.name)).size < env.length)
    notModelled('a repeated environment variable')
  return env.flatMap(({ name, value, valueFrom }, index) => {
    if (valueFrom && (value || !valueFrom.fieldRef || valueFrom.fieldRef.apiVersion !== 'v1' || !fieldPaths.has(valueFrom.fieldRef.fieldPath)))
      notModelled('this source of an environment variable')
    if (/[^\w.-]/.test(name))
      notModelled('an ill-formed name of an environment variable')
    return name ? [] : [requiredValue(`${path}[${index}].name`)]
  })
}

/** Where volumes are mounted in a container. */
export function mountErrors(mounts: Doc[] = [], volumes: Set<string>, path: string): FieldError[] {
  if (new Set(mounts.map(mount => mount.mountPath)).size < mounts.length || mounts.some(({ mountPath }) => /:|\.\./.test(mountPath)))
    notModelled('these mount paths')
  return mounts.flatMap(({ name, mountPath }, index) => [
    ...(!name ? [requiredValue(`${path}[${index}].name`)] : volumes.has(name) ? [] : [missingValue(`${path}[${index}].name`, name)]),
    ...(mountPath ? [] : [requiredValue(`${path}[${index}].mountPath`)]),
  ])
}

const volumeSources = ['emptyDir', 'configMap', 'projected']

/** Volumes of a pod. */
export function volumeErrors(volumes: Doc[] = [], path: string): FieldError[] {
  if (new Set(volumes.map(volume => volume.name)).size < volumes.length)
    notModelled('two volumes of one name')
  return volumes.flatMap((volume, index) => {
    const at = `${path}[${index}]`
    const [, second] = volumeSources.filter(source => volume[source])
    if (volume.projected && !volume.name.startsWith('kube-api-access-'))
      notModelled('a projected volume of one\'s own')
    return [
      ...(volume.name ? nameErrors(volume.name, dnsLabel, `${at}.name`) : [requiredValue(`${at}.name`)]),
      ...(second ? [forbiddenField(`${at}.${second}`, 'may not specify more than 1 volume type')] : []),
      ...(volume.configMap && !volume.configMap.name ? [requiredValue(`${at}.configMap.name`)] : []),
    ]
  })
}

/** @throws 501 */
function expectPlainProbe(probe: Doc | undefined, readiness: boolean): void {
  if (!probe)
    return
  const { httpGet, tcpSocket, initialDelaySeconds = 0, timeoutSeconds, periodSeconds, successThreshold, failureThreshold } = probe
  const port = (httpGet ?? tcpSocket)?.port
  const numbers = [timeoutSeconds, periodSeconds, successThreshold, failureThreshold]
  if (!httpGet === !tcpSocket || typeof port !== 'number' || port < 1 || port > 65535 || initialDelaySeconds < 0 || numbers.some(each => !(each > 0)) || (!readiness && successThreshold !== 1) || !['HTTP', 'HTTPS', undefined].includes(httpGet?.scheme))
    notModelled('this probe')
}

/** @throws 501 when a probe isn't plainly valid */
export function expectPlainProbes({ livenessProbe, startupProbe, readinessProbe }: Doc): void {
  expectPlainProbe(livenessProbe, false)
  expectPlainProbe(startupProbe, false)
  expectPlainProbe(readinessProbe, true)
}
