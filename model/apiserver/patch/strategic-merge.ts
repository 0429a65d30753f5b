/**
 * Strategic merge patch: lists merge by the key that the schema names, and `$`-directives say what else is to happen.
 *
 * Models staging/src/k8s.io/apimachinery/pkg/util/strategicpatch/patch.go
 */
import type { Field, FieldType } from '../schema/language.ts'
import type { Doc } from '../status.ts'
import { structNamed } from '../schema/structs.ts'
import { internal, notModelled } from '../status.ts'

const orderPrefix = '$setElementOrder/'
const deletePrefix = '$deleteFromPrimitiveList/'

const isObject = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Items that are equal: by the merge key, or as such when there is none. */
function itemKey(item: unknown, mergeKey: string): unknown {
  return mergeKey ? (item as Doc)[mergeKey] : item
}

function indexIn(list: readonly unknown[], item: unknown, mergeKey: string): number {
  return list.findIndex(each => itemKey(each, mergeKey) === itemKey(item, mergeKey))
}

function sortedLike(items: unknown[], order: readonly unknown[], mergeKey: string): unknown[] {
  return [...items].sort((a, b) => indexIn(order, a, mergeKey) - indexIn(order, b, mergeKey))
}

/** Items of the patch in the patch's order, the others in the server's; where the two have no order, the patch's come first. */
function interleave(merged: unknown[], patchOrder: readonly unknown[], serverOrder: readonly unknown[], mergeKey: string): unknown[] {
  const inPatch = (item: unknown) => indexIn(patchOrder, item, mergeKey) >= 0
  const right = sortedLike(merged.filter(inPatch), patchOrder, mergeKey)
  const left = sortedLike(merged.filter(item => !inPatch(item)), serverOrder, mergeKey)
  const result: unknown[] = []
  while (left.length && right.length) {
    const [l, r] = [left[0], right[0]].map(item => indexIn(serverOrder, item, mergeKey)) as [number, number]
    result.push(l >= 0 && r >= 0 && l < r ? left.shift() : right.shift())
  }
  return [...result, ...left, ...right]
}

/** As Go prints a flat map. */
function goMap(item: Doc): string {
  if (Object.values(item).some(value => typeof value === 'object'))
    notModelled('the text for a list item without its merge key')
  return `map[${Object.keys(item).sort().map(key => `${key}:${item[key]}`).join(' ')}]`
}

function mergeObjects(original: Doc[], patch: Doc[], mergeKey: string, itemType: FieldType): { merged: Doc[], patchItems: Doc[] } {
  if (![...original, ...patch].every(isObject))
    notModelled('a list of other things than objects')
  const plain = patch.filter(item => !('$patch' in item))
  for (const item of plain) {
    if (!(mergeKey in item))
      throw internal(`map: ${goMap(item)} does not contain declared merge key: ${mergeKey}`)
  }
  if (new Set(patch.map(item => item[mergeKey])).size < patch.length)
    notModelled('a patch that names an item twice')
  const directives = patch.filter(item => '$patch' in item)
  if (directives.some(({ $patch }) => $patch === 'replace'))
    return { merged: plain, patchItems: plain }
  let merged = [...original]
  for (const { $patch, ...item } of directives) {
    if ($patch !== 'delete' || !(mergeKey in item))
      notModelled(`the directive $patch: ${$patch}`)
    merged = merged.filter(each => each[mergeKey] !== item[mergeKey])
  }
  for (const item of plain) {
    const index = indexIn(merged, item, mergeKey)
    if (index < 0)
      merged.push(mergeValue({}, item, itemType, {}) as Doc)
    else
      merged[index] = mergeValue(merged[index]!, item, itemType, {}) as Doc
  }
  return { merged, patchItems: plain }
}

function mergeList(original: unknown[], patch: unknown[], field: Field, order?: unknown[]): unknown[] {
  const { mergeKey = '', type } = field
  const itemType = (type as { of: FieldType }).of
  const { merged, patchItems } = mergeKey
    ? mergeObjects(original as Doc[], patch as Doc[], mergeKey, itemType)
    : { merged: [...new Set([...original, ...patch])], patchItems: patch }
  if (!order)
    return interleave(merged, patchItems, original, mergeKey)
  const places = patchItems.map(item => indexIn(order, item, mergeKey))
  if (places.some((place, index) => place < 0 || place < (places[index - 1] ?? 0)))
    notModelled('an element order that differs from the list')
  return interleave(merged, order, original, mergeKey)
}

/** Removes from a struct what a `$retainKeys` directive doesn't name. */
function retain(original: Doc, keys: unknown, patch: Doc): Doc {
  if (!Array.isArray(keys) || Object.keys(patch).some(key => !key.startsWith('$') && patch[key] !== null && !keys.includes(key)))
    notModelled('a $retainKeys that its own patch breaks')
  return Object.fromEntries(Object.entries(original).filter(([key]) => (keys as unknown[]).includes(key)))
}

function mergeField(target: Doc, key: string, patch: Doc, field: Field | undefined, fieldType: FieldType | undefined): void {
  const value = patch[key]
  const order = patch[`${orderPrefix}${key}`]
  if (value === null) {
    delete target[key]
    return
  }
  const current = target[key]
  if (field && field.mergeKey !== undefined && (Array.isArray(value) || order)) {
    target[key] = mergeList(Array.isArray(current) ? current : [], value ?? [], field, order)
    return
  }
  target[key] = isObject(value) && fieldType && fieldType.is !== 'scalar'
    ? mergeValue(isObject(current) ? current : {}, value, fieldType, { retainKeys: field?.retainKeys ?? false })
    : Array.isArray(value) && value.some(item => isObject(item) && '$patch' in item) ? notModelled('a directive in a list that isn\'t merged') : value
}

function mergeValue(original: Doc, patch: Doc, type: FieldType, { retainKeys = false }): unknown {
  const struct = type.is === 'struct' ? structNamed(type.of) : undefined
  const { $patch, $retainKeys, ...rest } = patch
  if ($patch === 'delete')
    return Object.keys(rest).length ? notModelled('$patch: delete with more') : {}
  if ($patch !== undefined && $patch !== 'replace')
    notModelled(`the directive $patch: ${$patch}`)
  if ($patch === 'replace')
    return rest
  // Volumes are the one list whose items take the directive too.
  const retains = retainKeys || type.is !== 'struct' ? retainKeys : type.of === 'Volume'
  if ($retainKeys !== undefined && !retains)
    notModelled('$retainKeys here')
  const target: Doc = { ...($retainKeys === undefined ? original : retain(original, $retainKeys, rest)) }
  const keys = new Set(Object.keys(rest).map(key => key.startsWith(orderPrefix) ? key.slice(orderPrefix.length) : key))
  for (const key of keys) {
    if (key.startsWith(deletePrefix)) {
      const name = key.slice(deletePrefix.length)
      if (struct?.byName.get(name)?.mergeKey !== '' || name in rest)
        notModelled(`the directive ${key}`)
      target[name] = (target[name] ?? []).filter((item: unknown) => !rest[key].includes(item))
      continue
    }
    const field = struct?.byName.get(key)
    mergeField(target, key, rest, field, field ? field.type : type.is === 'map' ? type.of : undefined)
  }
  return target
}

/** Applies a strategic merge patch to an object of the kind. @throws 500 with upstream's words, 501 where they aren't known */
export function strategicMerge(object: Doc, patch: Doc, kind: string): Doc {
  const { kind: ownKind, apiVersion, ...body } = object
  const { kind: patchKind = ownKind, apiVersion: patchVersion = apiVersion, ...rest } = patch
  return { kind: patchKind, apiVersion: patchVersion, ...mergeValue(body, rest, { is: 'struct', of: kind }, {}) as Doc }
}
