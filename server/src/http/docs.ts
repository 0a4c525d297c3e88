import { fastifySwaggerUi } from '@fastify/swagger-ui'
import { DOCS_POLICY } from './content-policy.ts'
import type { TypedApp } from './typed.ts'

/** The API's documentation for people, at `/docs`, from the document that is served: nothing of it is loaded from elsewhere. */
export async function docsPage(app: TypedApp): Promise<void> {
  await app.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    uiHooks: {
      onRequest: (_request, reply, next) => {
        reply.header('content-security-policy', DOCS_POLICY)
        next()
      },
    },
    // Credentials typed in are for this page only, and gone with it.
    uiConfig: {
      docExpansion: 'list',
      persistAuthorization: false,
      tryItOutEnabled: false,
      validatorUrl: null,
    },
  })
}
