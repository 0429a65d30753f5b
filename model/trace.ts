/** What a message carries, short enough to be shown beside it. */
export type Summary = Readonly<Record<string, string | number | boolean>>

/** A message as it was seen on the wire. Records are never changed, only replaced: lists of them may be shared. */
export interface TracedMessage {
  /** Counts from 1, in the order of sending. */
  readonly id: number
  readonly from: string
  readonly to: string
  /** What it is, in the protocol's own word: `MsgApp`, `Put`, `watch`… */
  readonly kind: string
  readonly summary: Summary
  /** When it was sent, ms. */
  readonly sent: number
  /** When it arrived, ms; absent while under way and when lost. */
  readonly received?: number
  /** When it was lost, ms: the link was cut or the receiver down. */
  readonly lost?: number
}

/** Every message of a run, in the order of sending: the one with id n stands at n − 1. */
export type Trace = TracedMessage[]

/** Notes a message as sent; gives its id. */
export function traceSent(trace: Trace, message: Omit<TracedMessage, 'id' | 'received' | 'lost'>): number {
  const id = trace.length + 1
  trace.push(Object.freeze({ id, ...message }))
  return id
}

/** Notes that a message arrived at `now` (ms). */
export function traceReceived(trace: Trace, id: number, now: number): void {
  trace[id - 1] = Object.freeze({ ...trace[id - 1]!, received: now })
}

/** Notes that a message was lost at `now` (ms). */
export function traceLost(trace: Trace, id: number, now: number): void {
  trace[id - 1] = Object.freeze({ ...trace[id - 1]!, lost: now })
}

/** The messages that arrived after `from` and up to `to` (ms), in the order of arrival. */
export function receivedBetween(trace: Trace, from: number, to: number): TracedMessage[] {
  return trace
    .filter(message => message.received !== undefined && message.received > from && message.received <= to)
    .sort((a, b) => a.received! - b.received! || a.id - b.id)
}

/** The messages that are under way at `now` (ms): sent, and neither received nor lost by then. */
export function underWay(trace: Trace, now: number): TracedMessage[] {
  return trace.filter(({ sent, received = Infinity, lost = Infinity }) => sent <= now && received > now && lost > now)
}
