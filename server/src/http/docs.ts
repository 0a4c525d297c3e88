import { fastifySwaggerUi } from '@fastify/swagger-ui'
import type { TypedApp } from './typed.ts'

/**
 * The API's documentation for people, at `/docs`, from the document that is served: nothing of it is loaded from elsewhere.
 *
 * Our content policy holds there, too, but for one thing: the viewer draws its icons with data addresses, in its styles.
 */
export async function docsPage(app: TypedApp): Promise<void> {
  await app.register(fastifySwaggerUi, {
    routePrefix: '/docs',
    // Credentials typed in are for this page only, and gone with it.
    uiConfig: {
      docExpansion: 'list',
      persistAuthorization: false,
      tryItOutEnabled: false,
      validatorUrl: null,
    },
  })
}
