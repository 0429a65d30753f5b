// Models server/etcdserver/api/v3rpc/header.go
import type { Member } from './member.ts'

/** The response with the header's ids and term. */
export function fill<T extends object>(member: Member, response: T): T {
  const { clusterId, memberId } = member.server
  const { header } = response as { header?: object }
  return { ...response, header: { clusterId, memberId, raftTerm: member.raft.term, ...header } }
}
