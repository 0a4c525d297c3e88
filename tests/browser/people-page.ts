import { expect } from 'vitest'
import { until } from '../support/until.ts'
import type { Person } from './app.ts'

/** What one person does in the share dialog of the list that is open on their page. */
export function dialogOf({ page }: Person) {
  const dialog = page.getByRole('dialog', { name: /^(Share|People of) / })
  /** Questions stand above it, and hide it from whoever asks for roles. */
  const question = page.getByRole('alertdialog')
  return {
    open: async (): Promise<void> => {
      await page.getByRole('button', { name: /^(Share|People)$/ }).click()
      await dialog.getByText('(you)').waitFor()
    },
    close: () => dialog.getByRole('button', { name: 'Close' }).click(),
    invite: async (whom: Person, role = 'can edit'): Promise<void> => {
      await dialog.getByLabel('What they may do').selectOption({ label: role })
      await dialog.getByLabel('E-mail address or user id').fill(whom.session().user.id)
      await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
      await dialog.getByText(`${whom.session().user.id} has the list now.`).waitFor()
    },
    /** The secret in the address of a new link. */
    link: async (fields: { password?: string; uses?: number; role?: string } = {}): Promise<string> => {
      const { password = '', uses, role = 'can edit' } = fields
      await dialog.getByLabel('Whoever has the link').selectOption({ label: role })
      const options = dialog.locator('details', { hasText: 'How long, how many, password' })
      if ((await options.getAttribute('open')) === null) await options.locator('summary').click()
      await dialog.getByLabel('Password', { exact: true }).fill(password)
      await dialog.getByLabel('It lets in at most').fill(uses === undefined ? '' : String(uses))
      await dialog.getByRole('button', { name: 'Make a link' }).click()
      const url = await dialog.getByLabel('Address of the link').inputValue()
      expect(new URL(url).pathname).toBe('/join')
      return new URL(url).hash.slice(1)
    },
    /** A choice in the menu of a person or a link. */
    choose: async (of: string | RegExp, choice: string): Promise<void> => {
      await dialog.getByRole('button', { name: of }).click()
      await page.getByRole('menuitem', { name: choice, exact: true }).click()
    },
    /** Done when the server has it: what somebody sends a moment later is judged by it. */
    setRole: async (name: string, role: string): Promise<void> => {
      const choice = dialog.getByLabel(`What ${name} may do`)
      await choice.selectOption({ label: role })
      await until(async () => (await choice.getAttribute('aria-busy')) === 'false', {
        what: 'the server to have it',
      })
      expect(await choice.locator('option:checked').textContent()).toBe(role)
    },
    remove: async (name: string): Promise<void> => {
      await dialog.getByRole('button', { name: `More for ${name}` }).click()
      await page.getByRole('menuitem', { name: `Remove ${name}` }).click()
      await question.getByRole('button', { name: `Remove ${name}` }).click()
    },
    dialog,
    question,
  }
}

/** Opens a share link in this person's browser. Another proxy is another address, so only its secret is taken along. */
export async function followLink(person: Person, secret: string): Promise<void> {
  await person.page.goto(`${person.origin}/join#${secret}`)
}

/** Joins by a link as somebody new. */
export async function joinAs(person: Person, name: string, secret: string): Promise<void> {
  await followLink(person, secret)
  await person.page.getByLabel('Your name').fill(name)
  await person.page.getByRole('button', { name: 'Join' }).click()
}
