/** Puts in the parts that no scene needs (see extensions.ts). */
import { applyLimits, validateLimits } from './admission/limit-ranger.ts'
import { chargeQuota } from './admission/resource-quota.ts'
import { evict } from './eviction.ts'
import { extensions } from './extensions.ts'
import { jsonPatch } from './patch/json-patch.ts'
import { limitranges, resourcequotas } from './registry/limits.ts'
import { serve } from './registry/resources.ts'
import { leftOutFields } from './schema/left-out-fields.ts'

serve(limitranges, resourcequotas)
Object.assign(extensions, { applyLimits, validateLimits, chargeQuota, evict, jsonPatch, leftOutFields })
