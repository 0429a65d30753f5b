// Models api/v3rpc/rpctypes/error.go

/** gRPC's status codes that etcd answers with. */
export const codes = {
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  resourceExhausted: 8,
  failedPrecondition: 9,
  outOfRange: 11,
  unimplemented: 12,
  unavailable: 14,
} as const

/** The errors of etcd, by what went wrong: their text and their gRPC code. */
const errors = {
  emptyKey: [codes.invalidArgument, 'etcdserver: key is not provided'],
  keyNotFound: [codes.invalidArgument, 'etcdserver: key not found'],
  valueProvided: [codes.invalidArgument, 'etcdserver: value is provided'],
  leaseProvided: [codes.invalidArgument, 'etcdserver: lease is provided'],
  tooManyOps: [codes.invalidArgument, 'etcdserver: too many operations in txn request'],
  duplicateKey: [codes.invalidArgument, 'etcdserver: duplicate key given in txn request'],
  invalidSortOption: [codes.invalidArgument, 'etcdserver: invalid sort option'],
  requestTooLarge: [codes.invalidArgument, 'etcdserver: request is too large'],
  compacted: [codes.outOfRange, 'etcdserver: mvcc: required revision has been compacted'],
  futureRevision: [codes.outOfRange, 'etcdserver: mvcc: required revision is a future revision'],
  leaseNotFound: [codes.notFound, 'etcdserver: requested lease not found'],
  leaseExists: [codes.failedPrecondition, 'etcdserver: lease already exists'],
  leaseTTLTooLarge: [codes.outOfRange, 'etcdserver: too large lease TTL'],
  noLeader: [codes.unavailable, 'etcdserver: no leader'],
  notLeader: [codes.failedPrecondition, 'etcdserver: not leader'],
  badTransferee: [codes.failedPrecondition, 'etcdserver: bad leader transferee'],
  leaderChanged: [codes.unavailable, 'etcdserver: leader changed'],
  transferTimeout: [codes.unavailable, 'etcdserver: request timed out, leader transfer took too long'],
  proposalDropped: [codes.unknown, 'raft proposal dropped'],
  deadlineExceeded: [codes.deadlineExceeded, 'context deadline exceeded'],
  stopped: [codes.unavailable, 'etcdserver: server stopped'],
  timeout: [codes.unavailable, 'etcdserver: request timed out'],
  timeoutDueToLeaderFail: [codes.unavailable, 'etcdserver: request timed out, possibly due to previous leader failure'],
  timeoutDueToConnectionLost: [codes.unavailable, 'etcdserver: request timed out, possibly due to connection lost'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorName = keyof typeof errors

/** A refusal: `code` is gRPC's, `message` is etcd's own text. */
export class EtcdError extends Error {
  readonly code: number
  constructor(code: number, message: string) {
    super(message)
    this.name = 'EtcdError'
    this.code = code
  }
}

/** The error of that name, to be thrown. */
export function etcdError(name: ErrorName): EtcdError {
  return new EtcdError(errors[name][0], errors[name][1])
}
