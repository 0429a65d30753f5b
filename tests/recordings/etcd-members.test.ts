import type { Operation, Simulation } from '../../model/simulation.ts'
import type { MemberLine } from './etcdctl.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addClient, addCluster, clientOf, etcdHandlers, leaderOf, memberOf, order } from '../../model/etcd/cluster.ts'
import { createSimulation, operate, runTo } from '../../model/simulation.ts'
import { callOf, printedEvent, printedResponse, watchOf } from './etcdctl.ts'
import { linesOf, root } from './source.ts'

const path = join(root, 'etcd/three-members.jsonl')
const failures = join(root, 'etcd/writes-around-failures.jsonl')

/** After a fault so long the others no longer expect to hear from the leader, ms: then the recorded one is made to campaign. */
const lease = 1120

/** What etcdctl takes before it sends anything, s. */
const spawning = 0.04

function at(simulation: Simulation, ms: number, ...operations: Operation[]): void {
  operations.forEach(operation => operate(simulation, operation, ms))
}

const campaign = (member: string): Operation => ({ op: 'send', from: 'operator', to: member, kind: 'Campaign', payload: {} })

function withoutIds(text: string): unknown {
  return JSON.parse(text, (key, value) => ['cluster_id', 'member_id', 'raft_term'].includes(key) ? undefined : value)
}

/** The calendar of the faults in the recording, with the next recorded leader imposed after each that takes the leader away. */
function imposeFaults(simulation: Simulation, lines: MemberLine[]): void {
  let leader = ''
  lines.forEach(({ t, k, member, text = '' }, index) => {
    const ms = t * 1000
    const next = () => `etcd-${lines.slice(index).find(line => line.k === 'leader')?.member}`
    const name = `etcd-${member}`
    if (k === 'leader') {
      leader = name
    }
    else if (k === 'start' && ms > 1000) {
      at(simulation, ms, { op: 'start', actor: name })
    }
    else if (k === 'kill') {
      at(simulation, ms, { op: 'stop', actor: name })
      if (name === leader)
        at(simulation, ms + lease, campaign(next()))
    }
    else if (text.includes('SIGSTOP the leader')) {
      at(simulation, ms, { op: 'pause', actor: leader })
      at(simulation, ms + lease, campaign(next()))
      const written = lines.find(line => line.k === 'first-write-after-leader-pause')!
      at(simulation, written.t * 1000 + 1, { op: 'resume', actor: leader })
    }
  })
}

describe.skipIf(!existsSync(path))('three members, as recorded', () => {
  // The body of a skipped suite runs all the same.
  if (!existsSync(path))
    return void it.skip(`none in ${root}`, () => {})
  const lines = linesOf<MemberLine>(path)
  const ids = new Map((lines.find(({ cmd }) => cmd === 'etcdctl member list')?.out ?? '').split('\n').map((line) => {
    const [id, , name] = line.split(', ')
    return [String(BigInt(`0x${id}`)), `etcd-${name!.slice(1)}`]
  }))
  const simulation = createSimulation({ seed: 12, latency: 1, jitter: 1 })
  const names = addCluster(simulation, { leader: `etcd-${lines.find(({ k }) => k === 'leader')?.member}` })
  const endpointsOf = (ep: string) => [...ep.matchAll(/2379(\d)/g)].map(([, n]) => `etcd-${n}`)
  const commands: { line: MemberLine, call: string, index: number }[] = []
  const calls: { start: number, order: () => void }[] = []
  let txns = 0

  imposeFaults(simulation, lines)
  addClient(simulation, 'etcdctl', names)
  for (const line of lines) {
    const { t, k, w, cmd = '', ep = '', out = '', took = 0, args = [] } = line
    if (k === 'watch-open') {
      addClient(simulation, w!, endpointsOf(ep))
      order(simulation, w!, { watch: w!, create: watchOf(args), requireLeader: true }, t * 1000)
    }
    else if (k === 'watch-out-eof') {
      at(simulation, t * 1000, { op: 'stop', actor: w! })
    }
    const call = k === 'ctl' ? callOf(cmd, () => txns++) : undefined
    if (call) {
      const memberId = /"member_id":(\d+)/.exec(out)?.[1]
      const endpoint = memberId ? ids.get(String(BigInt(memberId)))! : endpointsOf(ep)[0]!
      const start = (t - took + Math.min(took / 2, spawning)) * 1000
      calls.push({
        start,
        order: () => {
          commands.push({ line, call: call.call, index: commands.length })
          order(simulation, 'etcdctl', { ...call, endpoint }, start)
        },
      })
    }
  }
  calls.sort((a, b) => a.start - b.start).forEach(call => call.order())

  it('led by whom the recording says, at the revisions that it says', () => {
    for (const { t, k, member, members = {} } of lines) {
      runTo(simulation, etcdHandlers, t * 1000)
      if (k === 'leader')
        expect(leaderOf(simulation), `at ${t} s`).toBe(`etcd-${member}`)
      for (const [name, status] of k === 'status' ? Object.entries(members) : []) {
        if (typeof status === 'object')
          expect(memberOf(simulation, `etcd-${name}`).server.store.revision, `member ${name} at ${t} s`).toBe(status.rev)
      }
    }
  })

  it('told every writer and reader the same', () => {
    for (const { line, call, index } of commands) {
      const { response, error } = clientOf(simulation, 'etcdctl').outcomes[index]!
      const where = `${line.cmd} at ${line.t} s: ${JSON.stringify(error ?? {})}`
      expect(error === undefined, where).toBe(line.rc === 0)
      if (error)
        expect(line.err, where).toContain(error.message)
      else if (line.out!.startsWith('{'))
        expect(printedResponse(call, response), where).toEqual(withoutIds(line.out!))
    }
    expect(commands.length).toBeGreaterThan(30)
  })

  it('told every watcher the same events in the same order', () => {
    const watchers = lines.filter(({ k }) => k === 'watch-open').map(({ w }) => w!)
    for (const w of watchers) {
      const told = lines.filter(line => line.w === w && line.msg)
      const events = told.flatMap(({ msg }) => msg.Events ?? []).map((event: any) => JSON.parse(JSON.stringify(event)))
      const watch = clientOf(simulation, w).watches[w]!
      expect(watch.events.map(printedEvent), w).toEqual(events)
      const canceled = told.map(({ msg }) => /watch was canceled \((.*)\)/.exec(String(msg))?.[1]).find(Boolean)
      if (canceled?.includes('compacted'))
        expect(watch.compactRevision, w).toBe(8)
      else
        expect(watch.cancelReason, w).toBe(canceled)
    }
    expect(watchers.length).toBeGreaterThan(8)
  })
})

interface WriteLine { t: number, k: string, m: number, v: string, http: number, resp: any, took: number, serializable?: boolean, text?: string }

describe.skipIf(!existsSync(failures))('writes around failures, as recorded', () => {
  const lines = existsSync(failures) ? linesOf<WriteLine>(failures) : []
  const key = '/registry/pods/default/a'

  /** What the recording's faults are, the times of what it only implies taken from the writes around them. */
  function impose(simulation: Simulation): void {
    const start = (v: string) => {
      const { t, took } = lines.find(line => line.v === v)!
      return (t - took) * 1000
    }
    for (const { t, k, m, text = '' } of lines) {
      const actor = `etcd-${m}`
      if (k === 'start' && t > 1) {
        at(simulation, t * 1000, { op: 'start', actor })
      }
      else if (k === 'kill') {
        at(simulation, t * 1000, { op: 'stop', actor })
        at(simulation, start('k9') - 60, campaign('etcd-2'))
        at(simulation, start('k12') + 40, campaign('etcd-1'))
      }
      else if (k === 'term') {
        at(simulation, t * 1000, { op: 'send', from: 'operator', to: actor, kind: 'Terminate', payload: {} })
      }
      else if (text.includes('both followers SIGSTOPped')) {
        for (const actor of ['etcd-1', 'etcd-3']) {
          at(simulation, t * 1000 - 1, { op: 'pause', actor })
          at(simulation, start('back') - 1, { op: 'resume', actor })
        }
      }
    }
  }

  it('tells every writer and reader the same', () => {
    const simulation = createSimulation({ seed: 12, latency: 1, jitter: 1 })
    const names = addCluster(simulation, { leader: 'etcd-3' })
    addClient(simulation, 'client', names)
    const calls = lines.filter(({ k }) => k === 'put' || k === 'get').toSorted((a, b) => (a.t - a.took) - (b.t - b.took))
    for (const { t, took, k, m, v, serializable = false } of calls)
      order(simulation, 'client', { call: k === 'put' ? 'Put' : 'Range', request: k === 'put' ? { key, value: v } : { key, serializable }, endpoint: `etcd-${m}` }, (t - took) * 1000)
    impose(simulation)
    runTo(simulation, etcdHandlers, 40_000)
    calls.forEach(({ k, v, t, m, http, resp, took }, index) => {
      const { response, error, sent, answered } = clientOf(simulation, 'client').outcomes[index]!
      const where = `${k} ${v} at ${t} s through ${m}`
      if (http !== 200) {
        expect(error, where).toEqual(resp)
        expect(answered! - sent, where).toBeGreaterThan(6900)
        expect(took).toBeGreaterThan(6.9)
      }
      else {
        expect(error, where).toBeUndefined()
        expect(response.header.revision, where).toBe(Number(resp.header.revision))
        if (k === 'get')
          expect(response.kvs[0].value, where).toBe(atob(resp.kvs[0].value))
      }
    })
    for (const { m, r } of lines.filter(({ k }) => k === 'final') as unknown as { m: number, r: any }[]) {
      const { store } = memberOf(simulation, `etcd-${m}`).server
      expect([store.revision, store.versions.get(key)!.at(-1)!.value]).toEqual([Number(r.header.revision), atob(r.kvs[0].value)])
    }
    expect(calls.length).toBeGreaterThan(60)
  })
})
