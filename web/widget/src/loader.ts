// The only script that runs inside the shop's page. It draws the launcher and, once somebody reaches
// for it, an iframe of our own origin; conversation and session never enter the shop's page.
// Every visitor of the shop loads every byte of this file: brevity is its point.
export {}
type Call = [string, ...any[]]

const doc = document
const win = window as any
const me = doc.currentScript as HTMLScriptElement
const { inbox, accent, language, sightings } = me.dataset
const host = new URL(me.src).origin
const stub = win.Rapport
const name = 'rapport:' + inbox

// Where storage is blocked the chat still works; only the memory across pages is lost.
const attempt = (job: () => any) => {
  try {
    return job()
  } catch {}
}
/** Page views of this tab that wait for a chat to be told to. */
let pages: any[] = attempt(() => JSON.parse(sessionStorage[name])) ?? []

const make = (tag: string): any => doc.createElement(tag)
const root = make('rapport-chat').attachShadow({ mode: 'open' })
const button = make('button')
const badge = make('i')
let frame: HTMLIFrameElement | undefined
let ready: boolean | undefined
let shown = false
const waiting: Call[] = []

const post = (...call: Call) => {
  if (ready) frame!.contentWindow!.postMessage({ rapport: call }, host)
  else waiting.push(call)
}

const load = () => {
  if (frame) return
  frame = make('iframe') as HTMLIFrameElement
  frame.title = button.title
  frame.hidden = true
  frame.src = `${host}/widget/frame?inbox=${inbox}#${[location.origin, language, doc.documentElement.lang]}`
  root.append(frame)
}

// Shown only once it can be closed from inside: on a phone it covers everything.
const paint = () => {
  frame!.hidden = !shown || !ready
  button.ariaExpanded = '' + shown
  ;(shown ? frame : button).focus()
}

const show = (on: boolean) => {
  if (on === shown) return
  load()
  shown = on
  const event = on ? 'open' : 'close'
  post(event)
  paint()
  // A frame that never came is tried afresh with the next press.
  if (!on && !ready) frame = void frame!.remove()
  emit(event)
}

const see = () => {
  const page = { url: location.href.split('#')[0]!, title: doc.title, referrer: doc.referrer }
  if (pages.at(-1)?.url === page.url) return
  pages.push(page)
  pages = pages.slice(-20)
  hand()
}
const hand = () => {
  if (ready) pages.splice(0).map((page) => post('page', page))
  attempt(() => (sessionStorage[name] = JSON.stringify(pages)))
}

const listeners: Record<string, ((value?: any) => void)[]> = {
  ready: [
    () => {
      ready = true
      // The pages come first, so that whatever is said next knows where it is said.
      hand()
      waiting.map((call) => post(...call))
      if (shown) paint()
    },
  ],
  hide: [() => show(false)],
  // Set with the first message, so that answers are announced on the next page of the shop too.
  used: [(used) => attempt(() => (localStorage[name] = used))],
  label: [(text) => (button.title = text)],
  unread: [(count) => (badge.textContent = count || '')],
}
const emit = (event: string, value?: any) => listeners[event]?.map((fn) => fn(value))

const api = (...call: Call) => {
  const [what, first] = call
  const to = { open: true, close: false, toggle: !shown }[what]
  if (what === 'on') (listeners[first] ??= []).push(call[2])
  else if (to !== undefined) show(to)
  else {
    // The session lives in the frame, and so does its end.
    if (what === 'logout') load()
    post(...call)
  }
}

const draw = ({ brand }: any) => {
  const sheet = new CSSStyleSheet()
  // A brand without colours for the dark writes "null" here, which CSS passes over.
  const colour = (dark: string) => `{button{background:${brand['accent' + dark]};color:${brand['on_accent' + dark]}}}`
  const at = `{position:fixed;inset-inline-end:20px;inset-block-end:`
  sheet.replaceSync(
    `:host${at}20px;z-index:99999999}button{width:56px;height:56px;border:0;border-radius:50%;cursor:pointer;box-shadow:0 6px 20px #0003;forced-color-adjust:none}button:before{content:"";display:block;margin:auto;width:24px;height:24px;border-radius:12px 12px 12px 2px;background:currentColor}i{position:absolute;top:0;min-width:20px;border-radius:12px;background:#b00;color:#fff;font:700 12px/20px system-ui;text-align:center}iframe${at}88px;width:376px;height:min(640px,100vh - 108px);border:0;border-radius:${brand.radius}px;box-shadow:0 6px 60px #0003}@media(max-width:480px){iframe{inset:0;width:100%;height:100%;border-radius:0}}@media all${colour('')}@media(prefers-color-scheme:dark)${colour('_dark')}`,
  )
  root.adoptedStyleSheets = [sheet]
  // Understood everywhere; the frame names it in the customer's language.
  button.title = 'Chat'
  badge.role = 'status'
  button.onpointerenter = button.onfocus = load
  button.onclick = () => show(!shown)
  root.append(button, badge)
  doc.body.append(root.host)
  addEventListener('message', (e) => {
    if (e.source === frame?.contentWindow && e.origin === host) emit(...(e.data.rapport as [string, any]))
  })
  if (sightings !== 'off') {
    see()
    win.navigation?.addEventListener('navigatesuccess', see)
  }
  if (attempt(() => localStorage[name])) load()
  stub?.q?.map((call: Call) => api(...call))
}

if (!stub?.on) {
  // Rapport('open') and Rapport.open() are the same; the frame ignores what it does not know.
  win.Rapport = new Proxy(api, { get: (_, what: string) => (...args: any[]) => api(what, ...args) })
  if (accent) draw({ brand: { accent, on_accent: '#fff', radius: 16 } })
  else
    fetch(`${host}/api/v1/chat/${inbox}`)
      .then((answer) => answer.json())
      .then(draw)
      .catch(console.warn)
}
