import type { ActorId, Point } from './actors.ts'

/** Something readable: literal text (names, numbers, what the components say), or a message of `locales/` with its parameters. */
export type Text = string | Phrase

/** A message of `locales/*.yaml`, under `scenes.<scene>.<key>` once it stands in a frame. */
export interface Phrase {
  key: string
  params?: Readonly<Record<string, Text | number>>
}

/** What a number counts: `cpu` in milliCPU, `memory` in bytes, `count` in things. */
export type Unit = 'cpu' | 'memory' | 'count'

/** A verdict or a state, drawn as a sign with a word beside it, so that colour never says it alone. */
export type Mark = 'yes' | 'no' | 'wait' | 'chosen' | 'stopped'

interface Placed {
  /** One in the frame; a part's full id is `piece/part`. The same id in two frames is the same thing. */
  id: string
  /** Top left corner on the stage. */
  at: Point
  /** Pixels. */
  width: number
  title?: Text
}

/** One of the nine, or one instance of it. Its place is the table's unless the scene gives one. */
export interface ActorPiece {
  kind: 'actor'
  id: string
  actor: ActorId
  /** Its name, where several of a kind stand side by side: `etcd-2`, `kubelet (node-1)`. */
  instance?: string
  /** Centre of its sign, where it is not the table's. */
  place?: Point
  /** What it is or does just now, a word or two under its sign. */
  role?: Text
  mark?: Mark
}

/** An amount of a whole: what is requested of what a node can give. All three in the unit's own number. */
export interface Bar {
  unit: Unit
  allocatable: number
  requested: number
  /** What the newcomer would add. */
  adding?: number
  /** The whole that a full-width bar stands for, so that bars of one column can be compared. */
  scale: number
}

export interface Cell {
  text?: Text
  /** A second, smaller line. */
  under?: Text
  bar?: Bar
  mark?: Mark
  /** `strong` for what counts, `quiet` for what is there for completeness. */
  tone?: 'strong' | 'quiet'
}

export interface Column {
  id: string
  text: Text
  /** Pixels; columns without one share the rest. */
  width?: number
  align?: 'start' | 'end' | 'center'
  /** Set in the monospaced face: keys, values, revisions. */
  mono?: boolean
}

export interface Row {
  id: string
  /** One cell a column, by the column's id; a missing one is empty. */
  cells: Readonly<Record<string, Cell>>
  /** A row set aside: a node that is out, a version that was compacted. */
  faded?: boolean
  mark?: Mark
  /** Said in place of every cell but the first: why this row takes no part. */
  remark?: Text
}

/** Rows and columns: nodes with their resources, filters' verdicts, scores, keys with their revisions. */
export interface TablePiece extends Placed {
  kind: 'table'
  columns: readonly Column[]
  rows: readonly Row[]
  /** Pixels; 26 unless told. */
  rowHeight?: number
  /** Pixels; 24, one line, unless told. */
  headerHeight?: number
  /** One line under the rows: what was folded away. */
  footnote?: Text
}

export interface ListItem {
  id: string
  text: Text
  mark?: Mark
  faded?: boolean
}

/** A short list in order: an object's fields, the pods that wait, what a client was told. */
export interface ListPiece extends Placed {
  kind: 'list'
  items: readonly ListItem[]
  mono?: boolean
  /** What stands there while it has no items. */
  empty?: Text
  /** Room is kept for this many lines, so that the box does not jump. */
  lines?: number
  /** The actor to whom it belongs: the box takes its colour. */
  actor?: ActorId
}

/** Words that a component says, wrapped over several lines: an answer, an event's message. */
export interface TextPiece extends Placed {
  kind: 'text'
  text: Text
  /** Room for so many lines. */
  lines: number
  mark?: Mark
  actor?: ActorId
}

export interface StreamEvent {
  id: string
  /** resourceVersion or etcd revision, where the event has one. */
  revision?: number
  text: Text
  mark?: Mark
  faded?: boolean
}

/** Events in the order of their revisions, oldest first: a watch's stream, the watch cache's window. */
export interface StreamPiece extends Placed {
  kind: 'stream'
  events: readonly StreamEvent[]
  /** At most so many are drawn, the newest ones; how many more came before is said. */
  lines: number
  empty?: Text
  actor?: ActorId
  /** A line of its own under the events: where the stream stands. */
  footnote?: Text
}

export interface LogEntry {
  index: number
  term: number
  text: string
  committed: boolean
}

export interface LogMember {
  id: string
  name: string
  role: Text
  term: number
  mark?: Mark
  leader: boolean
  entries: readonly LogEntry[]
}

/** The members of a Raft group, one line each, their logs' entries side by side by index. */
export interface LogsPiece extends Placed {
  kind: 'logs'
  members: readonly LogMember[]
  /** First index drawn; entries before it were made a snapshot or are left of the picture. */
  from: number
  /** How many indexes there is room for. */
  slots: number
  /** Pixels; 64 unless told. */
  memberHeight?: number
}

export interface Step {
  id: string
  text: Text
  state: 'ahead' | 'now' | 'passed' | 'refused'
  /** What it found: one short line. */
  detail?: Text
}

/** Stages that a request goes through in order, top to bottom, inside the actor that runs them. */
export interface StagesPiece extends Placed {
  kind: 'stages'
  actor: ActorId
  steps: readonly Step[]
}

/** Everything that a stage can show. A new scene is built of these; a new kind is one type here and one component. */
export type Piece = ActorPiece | TablePiece | ListPiece | TextPiece | StreamPiece | LogsPiece | StagesPiece
