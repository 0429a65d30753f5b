import { describe, expect, it } from 'vitest'
import { addClient, addCluster, awaitLeader, callAndWait, clientOf, etcdHandlers, leaderOf, memberOf, order } from '../../../model/etcd/cluster.ts'
import { createSimulation, operate, runTo, runUntil } from '../../../model/simulation.ts'

function ready(options: Parameters<typeof addCluster>[1] = {}) {
  const simulation = createSimulation({ seed: 3, latency: 1, jitter: 2 })
  const names = addCluster(simulation, { leader: 'etcd-1', ...options })
  addClient(simulation, 'client', names)
  expect(awaitLeader(simulation, etcdHandlers)).toBe(true)
  const call = (kind: string, request: object, endpoint?: string) => callAndWait(simulation, etcdHandlers, 'client', kind, request, endpoint)
  return { simulation, names, call }
}

describe('an etcd cluster', () => {
  it('of one member needs nobody else', () => {
    const { simulation, call } = ready({ members: 1 })
    expect(call('Put', { key: 'a', value: '1' }).response.header).toMatchObject({ revision: 2, raftTerm: 2 })
    expect(call('Range', { key: 'a' }).response.kvs[0]).toMatchObject({ value: '1', version: 1 })
    expect(simulation.trace.filter(({ kind }) => kind.startsWith('Msg'))).toEqual([])
  })

  it('commits through any member, on a majority, before it answers', () => {
    const { simulation, call } = ready()
    const { answered } = call('Put', { key: 'a', value: '1' }, 'etcd-3')
    const [proposal, ...others] = simulation.trace.filter(({ kind, summary }) => kind === 'MsgProp' || (kind === 'MsgApp' && summary.entries === 1 && summary.index === 5))
    expect(proposal).toMatchObject({ from: 'etcd-3', to: 'etcd-1', kind: 'MsgProp' })
    expect(others.map(({ to }) => to).sort()).toEqual(['etcd-2', 'etcd-3'])
    expect(answered).toBeGreaterThan(others[0]!.received!)
  })

  it('elects another leader within one to two seconds of silence, and loses nothing', () => {
    const { simulation, call } = ready()
    call('Put', { key: 'a', value: '1' })
    const killed = simulation.now
    operate(simulation, { op: 'stop', actor: 'etcd-1' })
    expect(awaitLeader(simulation, etcdHandlers)).toBe(true)
    expect(simulation.now - killed).toBeGreaterThan(900)
    expect(simulation.now - killed).toBeLessThan(2200)
    expect(call('Range', { key: 'a' }, leaderOf(simulation)).response.kvs[0].value).toBe('1')
    expect(memberOf(simulation, leaderOf(simulation)!).raft.term).toBe(3)
  })

  it('hands the leadership over when asked, or when its leader is asked to stop, without a gap', () => {
    const { simulation, call } = ready()
    expect(call('MoveLeader', { target: 'etcd-3' }, 'etcd-2').error?.message).toBe('etcdserver: not leader')
    expect(call('MoveLeader', { target: 'etcd-9' }, 'etcd-1').error?.message).toBe('etcdserver: bad leader transferee')
    expect(call('MoveLeader', { target: 'etcd-3' }, 'etcd-1').error).toBeUndefined()
    expect(leaderOf(simulation)).toBe('etcd-3')
    const asked = simulation.now
    operate(simulation, { op: 'send', from: 'operator', to: 'etcd-3', kind: 'Terminate', payload: {} })
    expect(runUntil(simulation, etcdHandlers, ({ actors }) => actors['etcd-3']!.condition === 'down')).toBe(true)
    expect(awaitLeader(simulation, etcdHandlers)).toBe(true)
    expect(simulation.now - asked).toBeLessThan(300)
    expect(call('Put', { key: 'a', value: '1' }, leaderOf(simulation)).error).toBeUndefined()
  })

  it('without a quorum: the leader steps down, the term stays, only serializable reads are served', () => {
    const { simulation, call } = ready()
    call('Put', { key: 'a', value: '1' })
    for (const actor of ['etcd-2', 'etcd-3'])
      operate(simulation, { op: 'stop', actor })
    runTo(simulation, etcdHandlers, simulation.now + 2100)
    expect(leaderOf(simulation)).toBeUndefined()
    expect(call('Range', { key: 'a', serializable: true }, 'etcd-1').response.kvs[0].value).toBe('1')
    expect(call('Put', { key: 'a', value: '2' }, 'etcd-1').error).toEqual({ code: 4, message: 'context deadline exceeded' })
    expect(call('Range', { key: 'a' }, 'etcd-1').error).toEqual({ code: 14, message: 'etcdserver: request timed out' })
    expect(memberOf(simulation, 'etcd-1').raft.term).toBe(2)
    expect(call('Status', {}, 'etcd-1').response).toMatchObject({ leader: '', errors: ['etcdserver: no leader'] })
  })

  it('cancels, after three election time-outs without a leader, the watches that require one', () => {
    const { simulation } = ready()
    order(simulation, 'client', { watch: 'strict', create: { key: 'a' }, requireLeader: true })
    order(simulation, 'client', { watch: 'lenient', create: { key: 'a' } })
    runTo(simulation, etcdHandlers, simulation.now + 100)
    for (const actor of ['etcd-2', 'etcd-3'])
      operate(simulation, { op: 'stop', actor })
    const { watches } = clientOf(simulation, 'client')
    const lost = simulation.now
    expect(runUntil(simulation, etcdHandlers, () => watches.strict!.cancelReason !== undefined)).toBe(true)
    expect(watches.strict!.cancelReason).toBe('etcdserver: no leader')
    expect(simulation.now - lost).toBeGreaterThan(3000)
    expect(simulation.now - lost).toBeLessThan(6000)
    expect(watches.lenient!.cancelReason).toBeUndefined()
  })

  it('brings a member that lags too far up with a snapshot, its watches too', () => {
    const { simulation, call } = ready({ snapshotCount: 10, keepEntries: 2 })
    order(simulation, 'client', { watch: 'w', create: { key: 'k' }, endpoint: 'etcd-3' })
    runTo(simulation, etcdHandlers, simulation.now + 100)
    for (const other of ['etcd-1', 'etcd-2'])
      operate(simulation, { op: 'cut', between: ['etcd-3', other] })
    for (let i = 0; i < 30; i++)
      call('Put', { key: 'k', value: String(i) }, 'etcd-1')
    for (const other of ['etcd-1', 'etcd-2'])
      operate(simulation, { op: 'heal', between: ['etcd-3', other] })
    runTo(simulation, etcdHandlers, simulation.now + 3000)
    expect(simulation.trace.some(({ kind, to, received }) => kind === 'MsgSnap' && to === 'etcd-3' && received)).toBe(true)
    expect(memberOf(simulation, 'etcd-3').server.store).toEqual(memberOf(simulation, 'etcd-1').server.store)
    expect(clientOf(simulation, 'client').watches.w!.events.map(({ kv }) => kv.value)).toEqual(Array.from({ length: 30 }, (_, i) => String(i)))
  })

  it('tells a watch that resumes too far back that this is compacted', () => {
    const { simulation, call } = ready()
    order(simulation, 'client', { watch: 'w', create: { key: 'k' }, endpoint: 'etcd-3' })
    runTo(simulation, etcdHandlers, simulation.now + 100)
    operate(simulation, { op: 'cut', between: ['client', 'etcd-3'] })
    for (let i = 0; i < 5; i++)
      call('Put', { key: 'k', value: String(i) }, 'etcd-1')
    call('Compaction', { revision: 5 }, 'etcd-1')
    operate(simulation, { op: 'stop', actor: 'etcd-3' })
    operate(simulation, { op: 'heal', between: ['client', 'etcd-3'] })
    order(simulation, 'client', { call: 'Range', request: { key: 'k' }, endpoint: 'etcd-3' })
    runTo(simulation, etcdHandlers, simulation.now + 2000)
    expect(clientOf(simulation, 'client').watches.w).toMatchObject({ compactRevision: 5, events: [] })
  })

  it('ends a lease that nobody keeps alive, on every member, and keeps one that is', () => {
    const { simulation, call } = ready()
    const granted = call('LeaseGrant', { ttl: 3 }, 'etcd-2').response
    expect(granted.ttl).toBe(3)
    call('Put', { key: 'leased', value: '1', lease: granted.id }, 'etcd-3')
    order(simulation, 'client', { watch: 'w', create: { key: 'leased' }, endpoint: 'etcd-3' })
    for (let i = 0; i < 4; i++) {
      runTo(simulation, etcdHandlers, simulation.now + 2000)
      expect(call('LeaseKeepAlive', { id: granted.id }, 'etcd-3').response.ttl).toBe(3)
    }
    expect(call('LeaseTimeToLive', { id: granted.id, keys: true }, 'etcd-2').response).toMatchObject({ ttl: 2, grantedTTL: 3, keys: ['leased'] })
    runTo(simulation, etcdHandlers, simulation.now + 4000)
    expect(clientOf(simulation, 'client').watches.w!.events).toMatchObject([{ type: 'DELETE', kv: { key: 'leased' } }])
    expect(call('LeaseTimeToLive', { id: granted.id }, 'etcd-2').response.ttl).toBe(-1)
    expect(call('LeaseKeepAlive', { id: granted.id }, 'etcd-2').response.ttl).toBe(0)
    expect(call('LeaseRevoke', { id: granted.id }, 'etcd-2').error?.message).toBe('etcdserver: requested lease not found')
  })

  it('refuses the same at every member, and writes nothing then', () => {
    const { call, names } = ready()
    for (const endpoint of names) {
      expect(call('Put', { key: '' }, endpoint).error?.message).toBe('etcdserver: key is not provided')
      expect(call('Put', { key: 'a', lease: '9' }, endpoint).error?.message).toBe('etcdserver: requested lease not found')
      expect(call('Range', { key: 'a', revision: 9 }, endpoint).error?.message).toBe('etcdserver: mvcc: required revision is a future revision')
      expect(call('Compaction', { revision: 9 }, endpoint).error?.message).toBe('etcdserver: mvcc: required revision is a future revision')
      expect(call('Range', { key: 'a' }, endpoint).response.header.revision).toBe(1)
    }
  })
})
