import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose'

export type Algorithm = 'RS256' | 'ES256' | 'EdDSA'

interface Pair {
  readonly id: string
  readonly algorithm: Algorithm
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly jwk: JWK
}

/** An identity provider: a real HTTP server with a key set that rotates, and tokens signed with it. */
export class Provider {
  readonly server: Server
  /** How often the keys were asked for. */
  asked = 0
  isDown = false
  #keys: Pair[] = []
  #count = 0

  private constructor() {
    this.server = createServer((_request, response) => {
      this.asked += 1
      if (this.isDown) {
        response.writeHead(503).end('down')
        return
      }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ keys: this.#keys.map(({ jwk }) => jwk) }))
    })
  }

  static async start(...algorithms: Algorithm[]): Promise<Provider> {
    const provider = new Provider()
    for (const algorithm of algorithms) await provider.add(algorithm)
    await new Promise<void>((resolve) => provider.server.listen(0, '127.0.0.1', resolve))
    return provider
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks.json`
  }

  async add(algorithm: Algorithm): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true })
    this.#count += 1
    const id = `key-${this.#count}`
    const jwk = { ...(await exportJWK(publicKey)), kid: id, alg: algorithm, use: 'sig' }
    this.#keys.push({ id, algorithm, privateKey, publicKey, jwk })
  }

  /** All keys but the newest are gone. */
  withdrawOld(): void {
    this.#keys = this.#keys.slice(-1)
  }

  /** The newest of its kind, which signs from the moment it is there. */
  key(algorithm: Algorithm): Pair {
    const found = this.#keys.findLast((pair) => pair.algorithm === algorithm)
    if (found === undefined) throw new Error(`no ${algorithm} key`)
    return found
  }

  /** Signed with the key of this algorithm; an hour from now unless the claims say otherwise. */
  async sign(claims: Record<string, unknown>, algorithm: Algorithm = 'RS256'): Promise<string> {
    const { id, privateKey } = this.key(algorithm)
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ iat: now, exp: now + 3600, ...claims })
      .setProtectedHeader({ alg: algorithm, kid: id })
      .sign(privateKey)
  }

  /** The public key as text, which anybody can have. */
  async publicText(algorithm: Algorithm): Promise<string> {
    return exportSPKI(this.key(algorithm).publicKey)
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }
}
