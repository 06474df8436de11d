import { expect, test } from '@playwright/test'
import { Desk } from '../support/desk.ts'
import { INES, PASSWORD } from '../support/fixtures.ts'
import { Proxy } from '../support/proxy.ts'
import { freePort, Rapport } from '../support/rapport.ts'
import { word } from '../support/words.ts'

const NO_UPGRADE: [string, string][] = [['proxy_set_header Upgrade $http_upgrade;', '']]

test('an nginx that drops Upgrade is told by console and doctor; customers are heard all the same', async ({ browser }) => {
  const [rapport, proxy] = [new Rapport(), new Proxy('nginx')]
  try {
    proxy.certify(90)
    rapport.port = await freePort()
    await proxy.start(rapport.port, NO_UPGRADE)
    rapport.settings = { RAPPORT_PUBLIC_URL: proxy.origin, RAPPORT_TRUSTED_PROXIES: '127.0.0.1/32' }
    const token = await rapport.agent(INES.name, INES.email)
    const inbox = await rapport.cli('inbox', 'add', 'webchat', '--name', 'Shop')
    rapport.token = await rapport.cli('token', 'create', '--agent', INES.email, '--scope', '*')
    await rapport.start()
    const used = await fetch(`${rapport.origin}/api/v1/links/use`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: proxy.origin },
      body: JSON.stringify({ token, password: PASSWORD, language: 'en' }),
    })
    expect(used.status).toBe(200)

    const context = await browser.newContext({ baseURL: proxy.origin })
    const desk = new Desk(await context.newPage())
    await desk.signIn(INES.email, PASSWORD)
    await desk.all()
    await expect(desk.page.getByText(word('app.blocked'))).toBeVisible({ timeout: 30_000 })
    await expect(desk.page.getByText(word('app.blocked_mend'))).toBeVisible()

    const chat = await context.newPage()
    const streaming = chat.waitForResponse('**/api/v1/live/events', { timeout: 45_000 })
    await chat.goto(`/chat/${inbox}`)
    const field = chat.getByRole('textbox', { name: 'Write a message' })
    await field.fill('no sockets here')
    await field.press('Enter')
    await expect(chat.getByText(/Sent|Read/)).toBeVisible({ timeout: 20_000 })
    expect((await streaming).status()).toBe(200)
    await expect(desk.row('no sockets here')).toBeVisible({ timeout: 15_000 })
    await desk.open('no sockets here')
    await desk.answer('we hear you')
    await expect(chat.getByText('we hear you')).toBeVisible({ timeout: 5000 })
    await context.close()

    const found = await rapport.doctor({ SSL_CERT_FILE: proxy.authority })
    expect(found['websocket']).toMatchObject({ status: 'warning', mend: expect.stringContaining('proxy_set_header Upgrade $http_upgrade') })
    expect(found['websocket']?.says).toContain('drops the header Upgrade')
    expect([found['tls']?.status, found['public']?.status]).toEqual(['ok', 'ok'])
  } finally {
    await rapport.remove()
    await proxy.remove()
  }
})

test('the doctor tells a certificate that ends soon, and a proxy that looks for the server elsewhere', async () => {
  const [rapport, proxy] = [new Rapport(), new Proxy('nginx')]
  try {
    proxy.certify(5)
    rapport.port = await freePort()
    rapport.settings = { RAPPORT_PUBLIC_URL: `https://localhost:${(proxy.port = await freePort())}` }
    await rapport.start()
    await proxy.start(await freePort())
    const found = await rapport.doctor({ SSL_CERT_FILE: proxy.authority })
    expect(found['tls']).toMatchObject({ status: 'warning', says: 'the certificate ends in 4 days' })
    expect(found['public']).toMatchObject({ status: 'fault', says: expect.stringContaining('does not reach this server') })
    expect(found['proxy']).toMatchObject({ status: 'warning' })
    await proxy.stop()
    const gone = await rapport.doctor({ SSL_CERT_FILE: proxy.authority })
    expect(gone['public']).toMatchObject({ status: 'warning', says: expect.stringContaining('cannot be reached') })
  } finally {
    await rapport.remove()
    await proxy.remove()
  }
})
