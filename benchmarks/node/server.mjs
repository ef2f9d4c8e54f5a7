// A plain Hocuspocus server, the peer of the room benchmark: no store, any token, no TLS.
// It prints its port, and ends when its standard input does.
import { Server } from '@hocuspocus/server'

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  async onAuthenticate() { return {} },
})
await server.listen()
console.log(JSON.stringify({ port: server.address.port }))
process.stdin.on('end', () => process.exit(0)).resume()
