// A stock Yjs client: joins a room with nothing but its token, draws one stroke, and says what came of it.
// usage: node stock_client.mjs URL TOKEN FINGERPRINT
import { createHash } from 'node:crypto'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import WebSocket from 'ws'
import * as Y from 'yjs'

const [url, token, fingerprint] = process.argv.slice(2)
setTimeout(() => { console.error('too slow'); process.exit(3) }, 20_000).unref()

const pin = (_host, certificate) => {
  const seen = createHash('sha256').update(certificate.raw).digest('hex')
  return seen === fingerprint ? undefined : new Error(`another certificate: ${seen}`)
}

class PinnedWebSocket extends WebSocket {
  constructor(address) {
    super(address, { rejectUnauthorized: false })
    this.on('upgrade', (response) => {
      const fault = pin('', response.socket.getPeerCertificate())
      if (fault) { console.error(fault.message); process.exit(4) }
    })
  }
}

const socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: PinnedWebSocket })

function open(name) {
  return new Promise((resolve) => {
    const provider = new HocuspocusProvider({
      name, token, websocketProvider: socket, document: new Y.Doc(),
      onSynced: () => resolve({ provider }),
      onAuthenticationFailed: ({ reason }) => resolve({ provider, refused: reason }),
    })
    provider.attach()
  })
}

function varuint(value) {
  const bytes = []
  while (value > 127) { bytes.push((value & 127) | 128); value = Math.floor(value / 128) }
  return [...bytes, value]
}
const zigzag = (value) => varuint(value < 0 ? -2 * value - 1 : 2 * value)

function pointsOf(points) {
  let [x, y] = [0, 0]
  const bytes = [1, 0, ...varuint(points.length)]
  for (const point of points) {
    const [nextX, nextY] = point.map((value) => Math.round(value * 16))
    bytes.push(...zigzag(nextX - x), ...zigzag(nextY - y));
    [x, y] = [nextX, nextY]
  }
  return new Uint8Array(bytes)
}

function draw(document) {
  document.transact(() => {
    const stroke = new Y.Map()
    document.getMap('things').set(`stock-${process.pid}`, stroke)
    const parts = { kind: 'stroke', colour: 3, width: 4, by: 'stock', at: Date.now() }
    for (const [key, value] of Object.entries(parts)) stroke.set(key, value)
    stroke.set('points', pointsOf([[10, 20], [-30.5, 40.25], [1000, -2000]]))
  })
}

const settled = async (provider) => {
  for (let tries = 0; tries < 100 && provider.unsyncedChanges; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const room = (await open('room')).provider
const boards = Object.keys(room.document.getMap('boards').toJSON())
const board = (await open(`board/${boards[0]}`)).provider
await settled(board)
const things = [...board.document.getMap('things').keys()]
draw(board.document)
const extra = await open(`board/of-${process.pid}`)
await settled(board)
console.log(JSON.stringify({
  things,
  scope: board.authorizedScope,
  unsynced: board.unsyncedChanges,
  refused: extra.refused ?? null,
}))
process.exit(0)
