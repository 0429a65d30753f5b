import type { ChildProcess } from 'node:child_process'
import type { ClientRequest } from 'node:http'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A real etcd of one member, on loopback, with an empty store in a folder of its own. */
export interface RealEtcd {
  port: number
  process: ChildProcess
  folder: string
  agent: Agent
}

/** Where etcd's program is; undefined where it isn't installed. */
export function findEtcd(): string | undefined {
  return [process.env.ETCD, '/usr/bin/etcd', '/usr/local/bin/etcd'].find(path => path && existsSync(path))
}

/** Such as 3.4.23. */
export function versionOf(program: string): string {
  return /etcd Version: (\S+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout)?.[1] ?? 'unknown'
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

export async function startEtcd(program: string): Promise<RealEtcd> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'podium-etcd-'))
  const [port, peerPort] = [await freePort(), await freePort()]
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`]
  const child = spawn(program, ['--name', 'real', '--data-dir', folder, '--listen-client-urls', client, '--advertise-client-urls', client, '--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `real=${peer}`, '--logger', 'zap', '--log-level', 'error'], { stdio: 'ignore' })
  const etcd = { port, process: child, folder, agent: new Agent({ keepAlive: true }) }
  for (let tries = 0; tries < 200; tries++) {
    await sleep(50)
    const up = await post(etcd, '/v3/kv/range', { key: 'AA==' }).then(({ status }) => status === 200, () => false)
    if (up)
      return etcd
  }
  await stopEtcd(etcd)
  throw new Error('etcd did not start within 10 s')
}

export async function stopEtcd(etcd: RealEtcd): Promise<void> {
  etcd.agent.destroy()
  const gone = new Promise(resolve => etcd.process.once('exit', resolve))
  etcd.process.kill('SIGKILL')
  await gone
  rmSync(etcd.folder, { recursive: true, force: true })
}

/** Sends a body (a text as it is, anything else as JSON) to the gateway. */
export function post(etcd: RealEtcd, path: string, body: unknown): Promise<{ status: number, response: any }> {
  return new Promise((resolve, reject) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const sent = request({ host: '127.0.0.1', port: etcd.port, path, method: 'POST', agent: etcd.agent, headers: { 'content-type': 'application/json' } }, (answer) => {
      let received = ''
      answer.setEncoding('utf8')
      answer.on('data', part => received += part)
      answer.on('end', () => {
        try {
          resolve({ status: answer.statusCode!, response: JSON.parse(received) })
        }
        catch {
          resolve({ status: answer.statusCode!, response: received })
        }
      })
    })
    sent.once('error', reject)
    sent.end(text)
  })
}

/** An open watch stream: what has arrived so far. */
export interface RealWatch { sent: ClientRequest, messages: any[] }

/** Opens a stream; the body stays open for further messages. */
export function openRealWatch(etcd: RealEtcd, body: object): RealWatch {
  const sent = request({ host: '127.0.0.1', port: etcd.port, path: '/v3/watch', method: 'POST', agent: false, headers: { 'connection': 'close', 'transfer-encoding': 'chunked' } })
  const watch: RealWatch = { sent, messages: [] }
  let rest = ''
  sent.on('error', () => {})
  sent.on('response', (answer) => {
    answer.setEncoding('utf8')
    answer.on('error', () => {})
    answer.on('data', (part) => {
      const lines = (rest + part).split('\n')
      rest = lines.pop()!
      watch.messages.push(...lines.filter(Boolean).map(line => JSON.parse(line)))
    })
  })
  sent.write(JSON.stringify(body))
  return watch
}

export function closeRealWatch(watch: RealWatch): void {
  watch.sent.destroy()
}
