import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { isTrusted } from '../config/proxies.ts'
import { LABELS, SECTIONS } from '../content/groups.ts'
import { TandemError } from '../errors.ts'
import { auditRoutes } from './audit-routes.ts'
import { authRoutes } from './auth-routes.ts'
import { changesRoutes } from './changes-routes.ts'
import type { HttpContext } from './context.ts'
import { docsPage } from './docs.ts'
import { groupRoutes } from './group-routes.ts'
import { crossOrigin, securityHeaders } from './headers.ts'
import { healthRoutes } from './health-routes.ts'
import { invitationRoutes } from './invitation-routes.ts'
import { itemRoutes } from './item-routes.ts'
import { joinRoutes } from './join-routes.ts'
import { createLimits } from './limits.ts'
import { linkRoutes } from './link-routes.ts'
import { listRoutes } from './list-routes.ts'
import { meRoutes } from './me-routes.ts'
import { memberRoutes } from './member-routes.ts'
import { openApi } from './openapi.ts'
import { problemHandler, sendProblem } from './problem.ts'
import { settingsRoutes } from './settings-routes.ts'
import { syncRoutes } from './sync-routes.ts'
import type { TypedApp } from './typed.ts'
import { answerUnreadable } from './unreadable.ts'
import { webApp } from './web-app.ts'

/** The API takes names, titles and roles; lists themselves travel over the socket. */
const BODY_LIMIT_BYTES = 64 * 1024
const REQUEST_LIMIT_MS = 30_000

/** The HTTP side of the server, ready to listen; sockets are attached to its `server` by the rooms. */
export async function createHttp(given: Omit<HttpContext, 'limits'>): Promise<FastifyInstance> {
  const limits = createLimits(given.config)
  const context: HttpContext = { ...given, limits, authenticate: limits.counting(given.authenticate) }
  const app: TypedApp = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    genReqId: () => randomUUID(),
    trustProxy: isTrusted(context.config.trustProxy),
    // We answer those ourselves, in the same form as every other failure.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 1_000 },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error, request, reply) => problemHandler(context.logger)(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(problemHandler(context.logger))
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new TandemError('no-such-route')))

  observe(app, context)
  leaveWhenDraining(app, context)
  securityHeaders(app)
  healthRoutes(app, context)
  await openApi(app)
  await docsPage(app)
  await app.register(async (api) => apiRoutes(api.withTypeProvider<ZodTypeProvider>(), context), {
    prefix: '/api/v1',
  })
  await webApp(app, context.webDir)
  return app
}

function apiRoutes(api: TypedApp, context: HttpContext): void {
  crossOrigin(api, context.config.corsOrigins)
  api.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    if (context.life.state() !== 'ready') throw new TandemError('draining')
  })
  // Without a route of its own a preflight would never reach the hook that answers it.
  api.options('/*', async () => {
    throw new TandemError('no-such-route')
  })
  authRoutes(api, context)
  listRoutes(api, context)
  memberRoutes(api, context)
  invitationRoutes(api, context)
  linkRoutes(api, context)
  joinRoutes(api, context)
  settingsRoutes(api, context)
  auditRoutes(api, context)
  meRoutes(api, context)
  itemRoutes(api, context)
  for (const kind of [SECTIONS, LABELS]) groupRoutes(api, context, kind)
  changesRoutes(api, context)
  syncRoutes(api, context)
}

/** Closing the listener closes idle connections only; one that was just answered would stay and hold up the stop. */
function leaveWhenDraining(app: TypedApp, { life }: HttpContext): void {
  app.addHook('onSend', async (_request, reply) => {
    if (life.state() !== 'ready') reply.header('connection', 'close')
  })
}

function observe(app: TypedApp, { metrics, logger }: HttpContext): void {
  app.addHook('onResponse', async (request, reply) => {
    // The pattern and not the address: ids in a label would make a new time series for every list.
    const route = request.routeOptions.url ?? 'none'
    const seconds = reply.elapsedTime / 1000
    metrics.count('tandem_http_requests_total', {
      method: request.method,
      route,
      status: String(reply.statusCode),
    })
    metrics.observe('tandem_http_request_seconds', seconds, { route })
    logger.debug({ method: request.method, route, status: reply.statusCode, seconds }, 'http.request')
  })
}
