export interface Guest {
  readonly token: string
  readonly userId: string
}

/** Signs a new person in by name, as the web page does. */
export async function guest(serverUrl: string, name: string): Promise<Guest> {
  const body = await postJson(`${serverUrl}/api/v1/auth/guest`, { name })
  const { token, user } = body as { token: string; user: { id: string } }
  return { token, userId: user.id }
}

/** Creates a list whose owner is the person behind `token`, and returns its id. */
export async function createList(
  serverUrl: string,
  token: string,
  list: { title: string; id?: string },
): Promise<{ id: string }> {
  return (await postJson(`${serverUrl}/api/v1/lists`, list, token)) as { id: string }
}

/** Gives somebody a role on a list. `token` must belong to its owner or an admin. */
export async function giveRole(
  serverUrl: string,
  token: string,
  grant: { listId: string; userId: string; role: string },
): Promise<void> {
  const url = `${serverUrl}/api/v1/lists/${grant.listId}/members/${grant.userId}`
  await requestJson('PUT', url, { role: grant.role }, token)
}

function postJson(url: string, body: unknown, token?: string): Promise<unknown> {
  return requestJson('POST', url, body, token)
}

async function requestJson(method: string, url: string, body: unknown, token?: string): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`)
  return text === '' ? null : JSON.parse(text)
}
