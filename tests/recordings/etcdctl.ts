import type { ClientOrder } from '../../model/etcd/client.ts'
import type { Event, KeyValue } from '../../model/etcd/kv.ts'
import { prefixEnd } from '../../model/etcd/kv.ts'

/** A line of the recording of three members. Times are in seconds. */
export interface MemberLine {
  t: number
  k: string
  member?: number
  text?: string
  cmd?: string
  ep?: string
  rc?: number
  out?: string
  err?: string
  took?: number
  w?: string
  args?: string[]
  msg?: any
  members?: Record<string, { rev: number, leader: string } | string>
}

const pod = (name: string) => `/registry/pods/default/${name}`

/** What the transactions were, which the recording leaves out: their effects and answers are in it. */
export const transactions = [
  { compare: [{ key: pod('a'), target: 'MOD', modRevision: 4 }], success: [{ put: { key: pod('a'), value: 'v3' } }], failure: [{ range: { key: pod('a') } }] },
  { compare: [{ key: pod('a'), target: 'MOD', modRevision: 4 }], success: [{ put: { key: pod('a'), value: 'v4' } }], failure: [{ range: { key: pod('a') } }] },
  { compare: [{ key: pod('new'), target: 'CREATE', createRevision: 0 }], success: [{ put: { key: pod('new'), value: 'v1' } }, { put: { key: pod('new2'), value: 'v1' } }], failure: [{ range: { key: pod('new') } }] },
  { compare: [{ key: pod('new'), target: 'CREATE', createRevision: 0 }], success: [{ put: { key: pod('new'), value: 'v1' } }, { put: { key: pod('new2'), value: 'v1' } }], failure: [{ range: { key: pod('new') } }] },
]

function keyRange(words: string[]): { key: string, rangeEnd?: string } {
  const key = words.find(word => word.startsWith('/'))!
  return words.includes('--prefix') ? { key, rangeEnd: prefixEnd(key) } : { key }
}

function option(words: string[], name: string): string | undefined {
  return words.find(word => word.startsWith(`--${name}=`))?.split('=')[1]
}

/** The call that a command line makes; undefined for those that ask for no key. `txn` counts the transactions. */
export function callOf(cmd: string, txn: () => number): Extract<ClientOrder, { call: string }> | undefined {
  const [, verb, ...words] = cmd.split(' ')
  const timeout = Number.parseFloat(option(words, 'command-timeout') ?? '5') * 1000
  const revision = Number(option(words, 'rev') ?? 0)
  switch (verb) {
    case 'put': return { call: 'Put', request: { key: words[0]!, value: words[1]! }, timeout }
    case 'del': return { call: 'DeleteRange', request: keyRange(words), timeout }
    case 'get': return { call: 'Range', request: { ...keyRange(words), revision, serializable: option(words, 'consistency') === 's' }, timeout }
    case 'compact': return { call: 'Compaction', request: { revision: Number(words[0]) }, timeout }
    case 'txn': return { call: 'Txn', request: transactions[txn()]!, timeout }
    default: return undefined
  }
}

export function watchOf(args: string[]): { key: string, rangeEnd?: string, startRevision: number } {
  return { ...keyRange(args), startRevision: Number(option(args, 'rev') ?? 0) }
}

/** A key's version as etcdctl prints it. */
export function printed(kv: KeyValue): object {
  const { key, value, createRevision, modRevision, version } = kv
  return {
    key: btoa(key),
    ...createRevision ? { create_revision: createRevision } : {},
    mod_revision: modRevision,
    ...version ? { version } : {},
    ...value ? { value: btoa(value as string) } : {},
  }
}

export function printedEvent({ type, kv }: Event): object {
  return type === 'DELETE' ? { type: 1, kv: printed(kv) } : { kv: printed(kv) }
}

/** What a command printed, of the model's response: without ids and terms. */
export function printedResponse(call: string, response: any): object {
  const header = { revision: response.header.revision }
  const ranged = (range: any) => ({ ...range.kvs.length > 0 ? { kvs: range.kvs.map(printed) } : {}, ...range.count ? { count: range.count } : {} })
  if (call === 'Range')
    return { header, ...ranged(response) }
  if (call === 'DeleteRange')
    return { header, deleted: response.deleted }
  if (call !== 'Txn')
    return { header }
  const responses = response.responses.map(({ put, range }: any) => ({
    Response: put ? { response_put: { header: put.header } } : { response_range: { header: range.header, ...ranged(range) } },
  }))
  return { header, ...response.succeeded ? { succeeded: true } : {}, responses }
}
