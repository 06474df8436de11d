import { call, Problem } from './api'
import type { FilesOptions } from './files'
import type { Ground } from './ground'
import type { Home } from './home'
import { bridge, type Calls, type Env } from './host'
import { kv } from './kv'
import { delay } from './live'
import { Panel } from './panel'
import { rowsOf } from './rows'
import { Session } from './session'
import { Talk } from './talk'
import type { Reports } from './report'
import type { Config } from './types'
import { promiseLine, waitLine } from './wait'
import { choose, fill, load, localeOf, plural, toned, type Language, type Toned, type Words } from './words'

const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

export async function start(env: Env): Promise<void> {
  const store = kv(env.inbox)
  const wished = () => [store.get('language'), ...env.wishes, ...navigator.languages]
  const fetchConfig = (language: string) =>
    call<Config>('GET', `/chat/${encodeURIComponent(env.inbox)}?language=${language}`)
  // Page views outlive the page they tell of, but not the tab.
  const tab = kv(env.inbox, () => sessionStorage)
  const reports: Reports = { pages: JSON.parse(tab.get('pages') ?? '[]'), sent: 0, events: [] }
  let config: Config | undefined
  let spoken: Toned<Words> | undefined
  let home: Home | undefined
  let language: Language
  let locale: string
  let open = !env.embedded
  let focusFirst = true
  let checked = 0
  let typist: { name: string | null; until: number } | null = null
  let typedAt = 0
  let asked = false
  let drawing = false
  let badge = -1
  let place = ''
  let lined = 0

  const session = new Session(env.inbox, store, () => ({ language, time_zone: timeZone }))
  const talk: Talk = new Talk({
    inbox: env.inbox,
    store,
    session,
    changed: draw,
    arrived: (fresh) => {
      if (fresh.some((m) => m.mine)) send('used', 1)
      lineUp()
      if (talk.quiet) return
      for (const m of fresh)
        if (!m.mine) send('message', { id: m.id, conversation_id: m.conversation_id, author: m.author.name, created_at: m.created_at })
    },
    typing: (name, on) => {
      typist = on ? { name, until: Date.now() + 6000 } : null
      if (on) setTimeout(draw, 6100)
      draw()
    },
    refreshed: () => void refresh().catch(() => 0),
    resolved: () => home?.stale(),
    moved: () => home?.moved(),
    reset: () => {
      home = home?.leave() as undefined
      if (session.token) void arrive()
    },
  })
  const more = () => import('./more').then((m) => m.more(language, config?.brand.tone))

  const files: FilesOptions = {
    token: () => session.ensure(),
    dead: (token) => talk.dead(token),
    more,
    locale: () => locale,
    limit: () => config!.inbox.max_attachment_bytes,
  }
  const panel: Panel = new Panel({
    embedded: env.embedded,
    newWindow: env.embedded,
    close: () => env.embedded && send('hide'),
    dragged: (e) => {
      if (e.type === 'drop') panel.composer.attach(e.dataTransfer!.files)
      void import('./files').then((m) => m.drop(e, panel.el, files))
    },
    more,
    retry: (key) => talk.retry(key),
    nearTop: () => void (home ?? talk).fetchEarlier().catch(() => undefined),
    atEnd: () => look(),
    showFile: (box, file) => void import('./files').then((m) => m.show(box, file, files)),
    uploads: (box, changed) => import('./files').then((m) => m.uploads(box, changed, files)),
    send: (text, attachments) => {
      talk.say(text, attachments, reports.pages.at(-1))
      panel.list.toEnd()
    },
    typed: (text) => {
      store.set('draft', text || null)
      const now = Date.now()
      if (!text && typedAt) (talk.live.send({ type: 'typing', on: false }), (typedAt = 0))
      else if (text && now - typedAt > 3000 && talk.live.send({ type: 'typing', on: true })) typedAt = now
    },
  })

  const ground: Ground = { panel, talk, session, store, more, draw }

  const calls: Calls = {
    open: (focus = true) => show(focus !== false),
    close: () => hide(),
    page: (page) => {
      if (typeof page?.url !== 'string' || reports.pages.at(-1)?.url === page.url) return
      reports.pages.push(page)
      report()
    },
    identify: (jwt) => {
      if (typeof jwt !== 'string') return
      session.identifying = import('./identity').then((m) => m.identify(session, jwt, replaced)).catch(console.warn)
    },
    logout: () => {
      send('used', '')
      panel.composer.clear()
      session.proof = null
      void import('./identity').then((m) => m.leave(session, replaced))
    },
    setLanguage: (wish) => {
      if (typeof wish !== 'string') return
      store.set('language', wish)
      speak().catch(() => 0)
    },
    track: (name, properties) => {
      if (typeof name !== 'string') return
      reports.events.push({ name, properties })
      report()
    },
    prefill: (text) => {
      const field = panel.composer
      // What the customer has already written is theirs.
      if (typeof text !== 'string') return
      if (!field.text.includes(text)) field.text = field.text.trim() ? `${field.text}\n${text}` : text
      home?.go('chat')
    },
  }
  const send = bridge(env, calls)

  function report(): void {
    const { pages, sent, events } = reports
    const save = () => tab.set('pages', JSON.stringify(pages.slice(reports.sent).slice(-20)))
    save()
    if (session.token && (pages.length > sent || events.length))
      void import('./report').then((m) => m.report(reports, talk.ask.bind(talk), save))
  }

  function begin(): void {
    talk.live.start()
    void session.ensure().then(
      () => {
        report()
        // Known to the shop, and perhaps not for the first time, if not in this browser.
        if (session.proof && !home) void arrive()
      },
      () => undefined,
    )
  }

  /** Whoever was here before finds their conversations; nothing is loaded for anybody else. */
  async function arrive(): Promise<void> {
    try {
      const found = await (await import('./home')).arrive(ground)
      // Asked twice, answered twice; one is enough.
      if (home) found?.leave()
      else home = found
      draw()
    } catch {
      // Without it the chat is what it always was.
    }
  }

  /** Another session than before, by identify() or logout(). */
  function replaced(): void {
    asked = false
    panel.list.after.replaceChildren()
    talk.replaced()
    if (open) begin()
  }

  function show(focus: boolean): void {
    open = true
    if (!spoken) return void (focusFirst = focus)
    begin()
    talk.live.kick()
    lineUp()
    if (Date.now() - checked > 60_000) refresh().catch(() => 0)
    draw()
    panel.list.toEnd()
    panel.composer.fit()
    if (focus) home?.focus() ?? panel.composer.field.focus()
    requestAnimationFrame(look)
  }

  function hide(): void {
    open = false
    // Opened out of curiosity: an idle connection is of no use to anybody.
    if (!talk.history.items.length && !talk.outbox.next()) talk.live.stop()
    draw()
  }

  /** Whoever waits for an answer is told their place, every 20 seconds while they look. */
  function lineUp(): void {
    clearTimeout(lined)
    const waits = () => open && session.token && talk.history.items.at(-1)?.mine
    if (!waits()) return void (place = '')
    void import('./queue')
      .then((m) => m.ask(ground, locale))
      .then((now) => {
        // Whoever was answered meanwhile stands in no queue.
        if (!waits()) return
        place = now
        clearTimeout(lined)
        if (now) lined = window.setTimeout(lineUp, 20_000)
        draw()
      })
      .catch(() => 0)
  }

  /** Read means: open, on the screen, and scrolled to the end. */
  function look(): void {
    if (open && document.visibilityState === 'visible' && panel.list.isAtEnd()) (home ?? talk).seen()
  }

  async function refresh(): Promise<void> {
    checked = Date.now()
    // When this fails the header keeps saying what was true a moment ago.
    config = await fetchConfig(language)
    panel.brand(config)
    draw()
  }

  async function speak(): Promise<void> {
    language = choose(wished(), config?.languages ?? [])
    // Guessed while the brand's settings are on their way; drawn only when both are there.
    const [, found] = await Promise.all([refresh(), load(language)])
    if (choose(wished(), config!.languages) !== language) return speak()
    spoken = found
    locale = localeOf(language, navigator.languages)
    document.documentElement.lang = language
    badge = -1
    lineUp()
    draw()
  }

  function draw(): void {
    if (drawing || !spoken || !config) return
    drawing = true
    queueMicrotask(() => {
      drawing = false
      if (!spoken || !config) return
      const words: Words = toned(spoken, config.brand.tone)
      const quiet = talk.quiet
      talk.quiet = false
      const rows = home?.rows() ?? rowsOf(talk.history.items, talk.pending())
      const when = { now: new Date(), locale }
      panel.name(words, config, place || waitLine(config.availability, words, when), promiseLine(config.availability, words, when))
      panel.greet(!rows.length)
      home?.draw(words, config, locale)
      panel.list.draw(rows, words, locale, quiet)
      panel.say(!navigator.onLine ? words.offline : talk.live.trouble ? words.connecting : null)
      panel.types(typist && typist.until > Date.now() ? fill(words.typing, { name: typist.name ?? words.team }) : '')
      look()
      const unread = talk.unread().length
      if (unread !== badge) {
        badge = unread
        const news = plural(locale, words.unread, unread)
        send('unread', unread)
        send('label', unread ? `${words.open}, ${news}` : words.open)
        if (!env.embedded) document.title = unread ? `(${unread}) ${config.brand.name}` : config.brand.name
      }
      if (!asked && !config.availability.open && config.inbox.ask_email_when_closed && talk.history.items.some((m) => m.mine)) {
        asked = true
        void import('./email').then((m) => m.askEmail(ground))
      }
    })
  }

  // A socket may look alive after the network changed under it.
  addEventListener('online', () => talk.live.restart())
  addEventListener('offline', draw)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    talk.live.kick()
    look()
  })
  setInterval(() => open && refresh().catch(() => 0), 5 * 60_000)

  // Asked for while the rest is on its way. What was begun is gone on with, and is no time for a list.
  const arriving = session.token && !store.get('draft') && !talk.outbox.next() ? arrive() : undefined
  for (let tries = 1; ; tries++) {
    try {
      await speak()
      break
    } catch (why) {
      // No such inbox, or it was switched off: the shop's own launcher can still be closed.
      if (why instanceof Problem && !why.passing) return console.warn('Rapport', why)
      await new Promise((resolve) => setTimeout(resolve, delay(tries) + 500))
    }
  }
  await Promise.race([arriving, new Promise((resolve) => setTimeout(resolve, arriving ? 1500 : 0))])
  document.title = config!.brand.name
  document.body.replaceChildren(panel.el)
  panel.composer.text = store.get('draft') ?? ''
  if (arriving) home?.go('home')
  if (!store.lasting) void import('./unkept').then((m) => m.tell(ground))
  send('ready')
  if (session.token || talk.outbox.next()) begin()
  if (open) show(focusFirst)
}
