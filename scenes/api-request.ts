import type { Known } from '../model/apiserver/flow.ts'
import type { ApiRequest } from '../model/apiserver/requests.ts'
import type { ApiResponse, Doc } from '../model/apiserver/status.ts'
import type { TracedMessage } from '../model/trace.ts'
import type { ActorPiece, ListItem, Piece, Step, Text } from './pieces.ts'
import { apiClientOf, ask } from '../model/apiserver/client.ts'
import { knownOf } from '../model/apiserver/in-flight.ts'
import { apiServerOf } from '../model/apiserver/server.ts'
import { runUntil } from '../model/simulation.ts'
import { deployment, handlers, startControlPlane } from './control-plane.ts'
import { fieldsOf, textOf, wholeNumberOf, wrong } from './input.ts'
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
/** What fits into the boxes of the picture. */
const longestName = 16

const authenticated = 'system:authenticated'
const administrators = ['kubeadm:cluster-admins', authenticated]
/** kubectl and bob are administrators, as kubeadm makes them. No role binds alice. */
const users = {
  kubectl: { name: 'kubernetes-admin', groups: administrators },
  bob: { name: 'bob', groups: administrators },
  alice: { name: 'alice', groups: ['developers', authenticated] },
}

/** The way of one request through the API server, and the three refusals that everyone meets: 403, 422, 409. */
export default defineScene<Input>({
  name: 'api-request',
  example,
  read(given = {}) {
    const { name, replicas } = fieldsOf({ value: given, path: '' }, ['name', 'replicas'])
    if (name.value !== undefined && textOf(name).length > longestName)
      throw wrong(name, `at most ${longestName} letters fit into the picture`)
    return {
      name: name.value === undefined ? example.name : textOf(name),
      replicas: replicas.value === undefined ? example.replicas : wholeNumberOf(replicas, 0, 100),
    }
  },

  script({ name, replicas }, show) {
    const cluster = startControlPlane(['kubectl', 'alice', 'bob'], { users })
    const traffic = follow(cluster, labelOf, pieceOf)
    const collection = '/apis/apps/v1/namespaces/default/deployments'
    const post = (body: object): ApiRequest => ({ method: 'POST', path: collection, body })
    const get = (): ApiRequest => ({ method: 'GET', path: `${collection}/${name}` })
    const put = (from: ApiResponse, change: (spec: Doc) => void): ApiRequest => {
      const body = structuredClone(docOf(from))
      change(body.spec)
      return { method: 'PUT', path: `${collection}/${name}`, body }
    }

    /** Whose request is drawn. */
    let asking: User = 'kubectl'
    /** Up to where the trace had come when each of them sent a request, and which of theirs it is. */
    const pending: Partial<Record<User, { begin: number, nth: number }>> = {}
    let object: Doc = deployment(name, replicas) as Doc
    const sent = object
    let known: Known = {}

    const answer = () => apiClientOf(cluster, asking).exchanges[pending[asking]?.nth ?? 0]?.response
    const entered = () => cluster.trace.slice(pending[asking]?.begin)
      .filter(({ kind, summary, received }) => kind === 'Stage' && summary.client === asking && received !== undefined)
      .map(({ summary }) => summary.stage as Stage)
    const runOn = (done: () => boolean) => runUntil(cluster, handlers, done, 1000)
    const step = (caption: string, params: Parameters<typeof show>[1] = {}) =>
      show(caption, { name, ...params }, { pieces: picture(), ...traffic() })
    /** Sends a request, so many ms from now. */
    function submit(user: User, request: ApiRequest, after = 0) {
      pending[user] = { begin: cluster.trace.length, nth: apiClientOf(cluster, user).exchanges.length }
      ask(cluster, user, request, after)
    }
    function awaitAnswer(user: User): ApiResponse {
      asking = user
      runOn(() => answer() !== undefined)
      return answer() as ApiResponse
    }
    /** A whole request. */
    function send(user: User, request: ApiRequest): ApiResponse {
      submit(user, request)
      return awaitAnswer(user)
    }

    // One request, stage by stage.
    submit('kubectl', post(object))
    runOn(() => cluster.trace.slice(pending.kubectl?.begin).some(({ kind, received }) => kind === 'Request' && received !== undefined))
    step('sent')
    for (const stage of stages) {
      runOn(() => entered().at(-1) === stage)
      known = knownOf(apiServerOf(cluster), asking)
      object = known.object ?? object
      step(stage, { user: known.user?.name ?? '', ...roleOf(known) })
    }
    object = docOf(awaitAnswer('kubectl'))
    step('stored', { version: object.metadata.resourceVersion })

    send('alice', post(deployment('shop', 1)))
    step('forbidden')
    send('kubectl', post(deployment('shop', 1, { app: 'other' })))
    step('invalid')

    // Optimistic concurrency: two who have read the same version write at almost the same time.
    const read = send('kubectl', get())
    const { resourceVersion } = docOf(read).metadata
    const readByBob = send('bob', get())
    step('both-read', { version: resourceVersion })
    submit('kubectl', put(read, spec => spec.replicas = replicas + 2))
    const changeOfBob = (spec: Doc) => spec.template.spec.containers[0].image = 'nginx:1.29'
    submit('bob', put(readByBob, changeOfBob), 4)
    object = docOf(awaitAnswer('kubectl'))
    step('first-writes', { read: resourceVersion, version: object.metadata.resourceVersion })
    awaitAnswer('bob')
    step('conflict', { read: resourceVersion, replicas })
    const readAgain = send('bob', get())
    step('reads-again', { version: object.metadata.resourceVersion, replicas: object.spec.replicas })
    object = docOf(send('bob', put(readAgain, changeOfBob)))
    step('again', { version: object.metadata.resourceVersion })

    function picture(): Piece[] {
      const others: ActorPiece[] = apiClientOf(cluster, 'bob').exchanges.length > 0 ? [person('bob')] : asking === 'alice' ? [person('alice')] : []
      const response = answer()
      return [
        { kind: 'actor', id: 'kubectl', actor: 'kubectl' },
        ...others,
        { kind: 'actor', id: 'kube-apiserver', actor: 'kube-apiserver', place: { x: 413, y: 20 } },
        { kind: 'stages', id: 'stages', at: { x: 304, y: 54 }, width: 218, actor: 'kube-apiserver', steps: stages.map(stepPiece) },
        { kind: 'actor', id: 'etcd', actor: 'etcd' },
        { kind: 'list', id: 'object', title: { key: object === sent ? 'sent-object' : 'object', params: { name } }, at: { x: 536, y: 0 }, width: 332, mono: true, lines: 5, items: fields() },
        response
          ? { kind: 'text', id: 'answer', title: { key: 'answer', params: { user: asking } }, at: { x: 536, y: 157 }, width: 332, lines: 5, text: answerText(response), mark: response.status < 300 ? 'yes' : 'no' }
          : { kind: 'list', id: 'request', title: { key: 'request' }, at: { x: 536, y: 157 }, width: 332, mono: true, lines: 5, items: requestLines() },
      ]
    }

    function person(user: User): ActorPiece {
      return { kind: 'actor', id: user, actor: 'kubectl', instance: `kubectl (${user})`, place: { x: 94, y: 88 } }
    }

    /** Where the request stands: an update whose transaction failed is made once more, so the last stage need not be the lowest. */
    function stepPiece(stage: Stage): Step {
      const [passed, status] = [entered(), answer()?.status ?? 0]
      const refused = status >= 400 && stage === passed.at(-1)
      const state = refused ? 'refused' : !passed.includes(stage) ? 'ahead' : !status && stage === passed.at(-1) ? 'now' : 'passed'
      return { id: stage, text: { key: `stage-${stage}` }, state, ...(refused && { detail: String(status) }) }
    }

    /** The object's fields that are told, with a plus before those that the API server has added. */
    function fields(): ListItem[] {
      const told = tellingFields(object)
      return Object.entries(told).flatMap(([id, value]) => value === undefined ? [] : [{ id, text: `${tellingFields(sent)[id] === undefined ? '+' : '\u00A0'} ${id}: ${value}` }])
    }

    /** What the server knows of a request that it has not answered. */
    function requestLines(): ListItem[] {
      const { user } = known
      const { role } = roleOf(known)
      return [
        { id: 'path', text: 'POST deployments' },
        ...(user ? [{ id: 'user', text: `user: ${user.name}` }, ...user.groups.map(group => ({ id: group, text: `group: ${group}` }))] : []),
        ...(role ? [{ id: 'role', text: `role: ${role}` }] : []),
      ]
    }
  },
})

function tellingFields({ metadata, spec }: Doc): Record<string, string | undefined> {
  return {
    replicas: String(spec.replicas),
    image: spec.template.spec.containers[0].image,
    strategy: spec.strategy?.type,
    uid: metadata.uid?.slice(0, 8).concat('…'),
    resourceVersion: metadata.resourceVersion && `"${metadata.resourceVersion}"`,
  }
}

/** The role and the group in the authorizer's reason: `RBAC: allowed by ClusterRoleBinding "…" of ClusterRole "…" to Group "…"`. */
function roleOf({ reason = '' }: Known): { role: string, group: string } {
  const [, role = '', group = ''] = / of ClusterRole "(.+)" to Group "(.+)"$/.exec(reason) ?? []
  return { role, group }
}

function docOf({ body }: ApiResponse): Doc {
  return body as Doc
}

function answerText(response: ApiResponse): Text {
  const { status } = response
  const body = docOf(response)
  return body.kind === 'Status' ? `${status} ${body.reason}: ${body.message}` : `${status} ${status === 201 ? 'Created' : 'OK'}, resourceVersion ${body.metadata.resourceVersion}`
}

/** What goes to etcd and back goes from the last stage; alice and bob stand beside the stages. */
function pieceOf(actor: string, message: TracedMessage): string {
  if (actor === 'etcd-1')
    return 'etcd'
  const ends = [message.from, message.to]
  if (actor !== 'kube-apiserver' || ends.includes('kubectl'))
    return actor
  return ends.includes('etcd-1') ? 'stages/storage' : 'stages'
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
