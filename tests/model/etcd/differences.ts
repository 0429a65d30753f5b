/**
 * Where etcd 3.4, which Debian ships and which the model is held against, answers otherwise than the 3.5.30 that the model
 * imitates and that the recordings are from. The comparison keeps off these, and off nothing else.
 */
export const differences = {
  errorBodies: '3.4 says an error twice, as `error` and `message`; 3.5.30 only as `message`.',
  failedPrecondition: 'What gRPC calls FailedPrecondition (a lease that exists) is HTTP 412 in the gateway of 3.4 and 400 in that of 3.5.30.',
  badJson: 'The texts for JSON that is no request come from another library in 3.4; the status is the same.',
  negativeStart: 'A watch from a negative revision: 3.4 starts at the beginning; 3.5 cancels it as compacted.',
  deletionAtCompaction: 'A deletion at the very revision of the compaction: 3.4 forgets it; 3.5 (since 3.5.16) still tells it to a watch from there.',
  progressRequest: '3.4.23 answers a progress request at once; 3.5 only when every watch of the stream is in sync and has reached its start.',
  sortOfEquals: 'Of more than 12 equal keys in a sorted range the order hangs on Go: 1.19, with which Debian builds 3.4, scatters them with other shifts.',
  sortOption: 'A sort order or target without a name crashes 3.4; 3.5 refuses it.',
} as const

/** An answer as 3.5.30 gives it: `errorBodies`, `failedPrecondition`. */
export function asLater({ status, response }: { status: number, response: any }): { status: number, response: any } {
  if (status === 200 || typeof response !== 'object')
    return { status, response }
  const { error: _, ...body } = response
  return { status: status === 412 ? 400 : status, response: body }
}

/** The shifts of Go 1.19's sort: `sortOfEquals`. */
export const earlierShifts = [13n, 17n, 5n] as const
