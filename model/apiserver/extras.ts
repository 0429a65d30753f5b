/** Puts in the parts that no scene needs (see extensions.ts). */
import { applyLimits, validateLimits } from './admission/limit-ranger.ts'
import { chargeQuota } from './admission/resource-quota.ts'
import { mountToken } from './admission/token-volume.ts'
import { parseText } from './body-text.ts'
import { continueTooOld, decodeContinue, encodeContinue } from './continue-token.ts'
import { createEvent } from './events.ts'
import { evict } from './eviction.ts'
import { extensions } from './extensions.ts'
import { expectOwnObjects, isUnknown, outside } from './left-out.ts'
import { jsonPatch } from './patch/json-patch.ts'
import { configmaps, endpoints } from './registry/configmaps.ts'
import { limitranges, resourcequotas } from './registry/limits.ts'
import { endpointslices, poddisruptionbudgets } from './registry/others.ts'
import { clusterrolebindings, clusterroles, rolebindings, roles } from './registry/rbac.ts'
import { serve } from './registry/resources.ts'
import { services } from './registry/services.ts'
import { allowedByRoles } from './roles.ts'
import { scale } from './scale.ts'
import { extraTypes } from './schema/extra-types.ts'
import { leftOutFields } from './schema/left-out-fields.ts'
import { addStructs } from './schema/structs.ts'
import { parseLabelSelector } from './selectors/label-selector.ts'
import { allocate, releaseAddresses } from './service-allocation.ts'
import { expectPlainScheduling } from './validation/placement.ts'
import { envErrors, expectPlainProbes, mountErrors, volumeErrors } from './validation/pod-parts.ts'

addStructs(extraTypes)
serve(services, configmaps, endpoints, endpointslices, poddisruptionbudgets, roles, rolebindings, clusterroles, clusterrolebindings, limitranges, resourcequotas)
Object.assign(extensions, {
  allocate,
  allowedByRoles,
  applyLimits,
  chargeQuota,
  continueTooOld,
  createEvent,
  decodeContinue,
  encodeContinue,
  evict,
  expectOwnObjects,
  isUnknown,
  jsonPatch,
  leftOutFields,
  mountToken,
  outside,
  parseLabelSelector,
  parseText,
  podChecks: { envErrors, expectPlainProbes, expectPlainScheduling, mountErrors, volumeErrors },
  releaseAddresses,
  scale,
  validateLimits,
} satisfies typeof extensions)
