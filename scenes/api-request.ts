import type { ApiRequest } from '../model/apiserver/requests.ts'
import type { ApiResponse, Doc } from '../model/apiserver/status.ts'
import type { TracedMessage } from '../model/trace.ts'
import type { ActorPiece, ListItem, Piece, Step, Text } from './pieces.ts'
import { apiClientOf, ask, askAndWait } from '../model/apiserver/client.ts'
import { runUntil } from '../model/simulation.ts'
import { deployment, handlers, startControlPlane } from './control-plane.ts'
import { fieldsOf, textOf, wholeNumberOf } from './input.ts'
import { defineScene } from './registry.ts'
import { follow } from './traffic.ts'

const stages = ['authentication', 'authorization', 'mutating-admission', 'validation', 'validating-admission', 'storage'] as const
type Stage = typeof stages[number]
type User = 'kubectl' | 'alice' | 'bob'

interface Input {
  name: string
  replicas: number
}

const example = { name: 'web', replicas: 3 }

/** The way of one request through the API server, and the three refusals that everyone meets: 403, 422, 409. */
export default defineScene<Input>({
  name: 'api-request',
  example,
  read(given = {}) {
    const { name, replicas } = fieldsOf({ value: given, path: '' }, ['name', 'replicas'])
    return {
      name: name.value === undefined ? example.name : textOf(name),
      replicas: replicas.value === undefined ? example.replicas : wholeNumberOf(replicas, 0, 100),
    }
  },

  script({ name, replicas }, show) {
    // alice may read in her namespace at most: no role binds her. bob is an administrator, as kubectl's own user is.
    const cluster = startControlPlane(['kubectl', 'alice', 'bob'], { users: { alice: { name: 'alice', groups: ['developers', 'system:authenticated'] } } })
    const traffic = follow(cluster, labelOf, pieceOf)
    const collection = '/apis/apps/v1/namespaces/default/deployments'
    const post = (body: object): ApiRequest => ({ method: 'POST', path: collection, body })
    const get = (): ApiRequest => ({ method: 'GET', path: `${collection}/${name}` })
    const put = (from: ApiResponse, count: number): ApiRequest =>
      ({ method: 'PUT', path: `${collection}/${name}`, body: { ...docOf(from), spec: { ...docOf(from).spec, replicas: count } } })

    let asking: User = 'kubectl'
    let reached: Stage[] = []
    let answer: ApiResponse | undefined
    let object: Record<string, any> = deployment(name, replicas)
    const step = (caption: string, params: Parameters<typeof show>[1] = {}) =>
      show(caption, { name, ...params }, { pieces: picture(), ...traffic() })

    /** Runs on until the request has reached a stage, as the API server's trace says. */
    const begin = cluster.trace.length
    function until(stage: Stage) {
      runUntil(cluster, handlers, ({ trace }) => trace.slice(begin).some(({ kind, summary, received }) => kind === 'Stage' && summary.stage === stage && received !== undefined), 1000)
      reached = stages.slice(0, stages.indexOf(stage) + 1)
    }
    function finish(user: User) {
      runUntil(cluster, handlers, () => apiClientOf(cluster, user).exchanges.at(-1)?.response !== undefined, 1000)
      answer = apiClientOf(cluster, user).exchanges.at(-1)?.response
    }
    /** A whole request in one step. */
    function send(user: User, request: ApiRequest) {
      const seen = cluster.trace.length
      asking = user
      answer = askAndWait(cluster, handlers, user, request)
      const passed = cluster.trace.slice(seen).filter(message => message.kind === 'Stage').map(message => message.summary.stage as Stage)
      reached = stages.filter(stage => passed.includes(stage))
      return answer as ApiResponse
    }

    ask(cluster, 'kubectl', post(object))
    runUntil(cluster, handlers, ({ trace }) => trace.slice(begin).some(({ kind, received }) => kind === 'Request' && received !== undefined), 1000)
    step('sent')
    for (const stage of stages) {
      until(stage)
      step(stage)
    }
    finish('kubectl')
    object = answer ? docOf(answer) : object
    step('stored', { version: object.metadata.resourceVersion })

    send('alice', post(deployment('shop', 1)))
    step('forbidden')
    send('kubectl', post(deployment('shop', 1, { app: 'other' })))
    step('invalid')

    // Optimistic concurrency: both have read the same version, and the second to write is told so.
    const read = send('bob', get())
    step('both-read', { version: object.metadata.resourceVersion })
    object = docOf(send('kubectl', put(read, replicas + 2)))
    step('first-writes', { version: object.metadata.resourceVersion, replicas: replicas + 2 })
    send('bob', put(read, replicas - 1))
    step('conflict', { version: docOf(read).metadata.resourceVersion, now: object.metadata.resourceVersion })
    object = docOf(send('bob', put(send('bob', get()), replicas - 1)))
    step('again', { version: object.metadata.resourceVersion, replicas: replicas - 1 })

    function picture(): Piece[] {
      const other: ActorPiece[] = asking === 'kubectl' && !answered('bob') ? [] : [person(asking === 'alice' ? 'alice' : 'bob')]
      return [
        { kind: 'actor', id: 'kubectl', actor: 'kubectl' },
        ...other,
        { kind: 'actor', id: 'kube-apiserver', actor: 'kube-apiserver', place: { x: 420, y: 20 } },
        { kind: 'stages', id: 'stages', at: { x: 302, y: 54 }, width: 236, actor: 'kube-apiserver', steps: stages.map(stepPiece) },
        { kind: 'actor', id: 'etcd', actor: 'etcd' },
        { kind: 'list', id: 'object', title: { key: object.metadata.uid ? 'stored-object' : 'sent-object', params: { name } }, at: { x: 560, y: 0 }, width: 308, mono: true, lines: 5, items: fields() },
        { kind: 'text', id: 'answer', title: { key: 'answer', params: { user: asking } }, at: { x: 560, y: 164 }, width: 308, lines: 5, text: answer ? answerText(answer) : { key: 'no-answer' }, ...(answer && { mark: answer.status < 300 ? 'yes' : 'no' }) },
      ]
    }

    function answered(user: User): boolean {
      return apiClientOf(cluster, user).exchanges.length > 0
    }

    function person(user: User): ActorPiece {
      return { kind: 'actor', id: user, actor: 'kubectl', instance: `kubectl (${user})`, place: { x: 94, y: 110 } }
    }

    function stepPiece(stage: Stage): Step {
      const at = stages.indexOf(stage)
      const last = at === reached.length - 1
      const refused = answer !== undefined && answer.status >= 400
      const state = at >= reached.length ? 'ahead' : last && refused ? 'refused' : last && !answer ? 'now' : 'passed'
      return { id: stage, text: { key: `stage-${stage}` }, state, ...(last && refused && { detail: String(answer?.status) }) }
    }

    /** What is told of the object: what was asked for, and what the API server added. */
    function fields(): ListItem[] {
      const { metadata, spec } = object
      const lines: Record<string, string | undefined> = {
        name: metadata.name,
        replicas: String(spec.replicas),
        strategy: spec.strategy?.type,
        uid: metadata.uid?.slice(0, 8).concat('…'),
        resourceVersion: metadata.resourceVersion && `"${metadata.resourceVersion}"`,
      }
      return Object.entries(lines).flatMap(([id, value]) => value === undefined ? [] : [{ id, text: `${id}: ${value}` }])
    }
  },
})

function docOf({ body }: ApiResponse): Doc {
  return body as Doc
}

function answerText(response: ApiResponse): Text {
  const { status } = response
  const body = docOf(response)
  return body.kind === 'Status' ? `${status} ${body.reason}: ${body.message}` : `${status} ${status === 201 ? 'Created' : 'OK'}, resourceVersion ${body.metadata.resourceVersion}`
}

/** What goes to etcd and back goes from the last stage. */
function pieceOf(actor: string, message: TracedMessage): string {
  if (actor === 'etcd-1')
    return 'etcd'
  return actor === 'kube-apiserver' && [message.from, message.to].includes('etcd-1') ? 'stages/storage' : actor
}

const methods: Record<string, string> = { create: 'POST', update: 'PUT', get: 'GET' }

function labelOf({ kind, summary }: TracedMessage): Text | undefined {
  switch (kind) {
    case 'Request':
      return methods[String(summary.verb)] ?? String(summary.verb)
    case 'Response':
      return summary.reason ? `${summary.status} ${summary.reason}` : String(summary.status)
    case 'Txn':
      return summary.modRevision ? { key: 'if-version', params: { revision: Number(summary.modRevision) } } : { key: 'if-absent' }
    case 'TxnResponse':
      return summary.succeeded ? { key: 'revision', params: { revision: Number(summary.revision) } } : { key: 'other-version' }
    default:
      return undefined
  }
}
