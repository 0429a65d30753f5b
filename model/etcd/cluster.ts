import type { Handlers, Simulation } from '../simulation.ts'
import type { Client, ClientOrder, Outcome } from './client.ts'
import type { Member } from './member.ts'
import { addActor, operate, runUntil } from '../simulation.ts'
import { handleMember } from './actor.ts'
import { createClient, handleClientActor } from './client.ts'
import { createMember } from './member.ts'
import { committedInTerm } from './raft/step.ts'

/** Behaviour of the actors that this file adds. */
export const etcdHandlers: Handlers = { 'etcd': handleMember, 'etcd-client': handleClientActor }

export interface ClusterOptions {
  /** Members, or their names; 3 by default: etcd-1, etcd-2, etcd-3. */
  members?: number | string[]
  /** The member that campaigns at once, and so leads first. Without it chance decides, in one to two seconds. */
  leader?: string
  /** Entries after which a member takes a snapshot and cuts its log. */
  snapshotCount?: number
  /** Entries that the log keeps before a snapshot. */
  keepEntries?: number
}

/**
 * Adds the members of an etcd cluster; gives their names. A member takes, from whoever is not a member:
 * - `Range`, `Put`, `DeleteRange`, `Txn`, `Compaction`, `LeaseGrant`, `LeaseRevoke`, `LeaseKeepAlive`, `LeaseTimeToLive`, `LeaseLeases`,
 *   `Status`, `MoveLeader` ({ target }): `{ id, request, requireLeader? }`, answered with `…Response` `{ id, response }` or
 *   `{ id, error: { code, message } }`;
 * - `Watch`: a WatchMessage (streams.ts), answered with `WatchResponse` `{ stream, response }` or `{ stream, error }`;
 * - `Terminate`: it stops, after handing the leadership over; `Campaign`: it acts as if its leader had been silent for too long.
 */
export function addCluster(simulation: Simulation, options: ClusterOptions = {}): string[] {
  const { members = 3, leader } = options
  const names = typeof members === 'number' ? Array.from({ length: members }, (_, i) => `etcd-${i + 1}`) : members
  for (const name of names)
    addActor(simulation, name, 'etcd', createMember(name, names, options))
  if (leader)
    operate(simulation, { op: 'send', from: 'operator', to: leader, kind: 'Campaign', payload: {} })
  return names
}

/** Adds a client of these members, which takes orders (see client.ts). */
export function addClient(simulation: Simulation, name: string, endpoints: string[]): void {
  addActor(simulation, name, 'etcd-client', createClient(endpoints))
}

/** Has a client do something, `after` ms from now. */
export function order(simulation: Simulation, client: string, order: ClientOrder, after = 0): void {
  operate(simulation, { op: 'send', from: 'operator', to: client, kind: 'order', payload: order }, after)
}

export function memberOf(simulation: Simulation, name: string): Member {
  return simulation.actors[name]!.state as Member
}

export function clientOf(simulation: Simulation, name: string): Client {
  return simulation.actors[name]!.state as Client
}

/** The member that leads: of several that think so, the one of the latest term; undefined if there is none that is up. */
export function leaderOf(simulation: Simulation): string | undefined {
  const leaders = Object.entries(simulation.actors).filter(([, { kind, condition, state }]) => kind === 'etcd' && condition !== 'down' && (state as Member).raft.role === 'leader')
  return leaders.sort(([, a], [, b]) => (b.state as Member).raft.term - (a.state as Member).raft.term)[0]?.[0]
}

/** Runs until every member that is up follows (or is) one leader that has committed in its term; whether it came to that within `limit` ms. */
export function awaitLeader(simulation: Simulation, handlers: Handlers, limit = 10_000): boolean {
  return runUntil(simulation, handlers, ({ actors }) => {
    const leader = leaderOf(simulation)
    if (!leader || actors[leader]!.condition !== 'up')
      return false
    const { raft } = memberOf(simulation, leader)
    const up = Object.values(actors).filter(({ kind, condition }) => kind === 'etcd' && condition === 'up').map(({ state }) => state as Member)
    return committedInTerm(raft) && up.every(member => member.raft.lead === leader && member.raft.commit === raft.commit)
  }, limit)
}

/** Has a client make a call and runs until it is answered, or its connection broke; gives the outcome. */
export function callAndWait(simulation: Simulation, handlers: Handlers, client: string, call: string, request: object, endpoint?: string): Outcome {
  const { calls } = clientOf(simulation, client)
  order(simulation, client, endpoint ? { call, request, endpoint } : { call, request })
  runUntil(simulation, handlers, () => clientOf(simulation, client).outcomes[calls]?.answered !== undefined, 20_000)
  return clientOf(simulation, client).outcomes[calls]!
}
