import { writes } from '../support/company.ts'
import type { Desk } from '../support/desk.ts'
import { expect, test } from '../support/fixtures.ts'

/** How long it takes from the key until the next conversation, of which `words` can be read, is on the screen. */
const next = (desk: Desk, words: string): Promise<number> =>
  desk.page.evaluate(
    (words) =>
      new Promise<number>((resolve) => {
        const begin = performance.now()
        const there = () => [...document.querySelectorAll('[role="log"] article')].some((a) => a.textContent!.includes(words))
        const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)))
        const watch = new MutationObserver(() => {
          if (!there()) return
          watch.disconnect()
          painted()
        })
        watch.observe(document.body, { childList: true, subtree: true, characterData: true })
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ', bubbles: true }))
      }),
    words,
  )

// A trace takes pictures of the page while it is measured.
test.use({ trace: 'off' })

// The promise is 100 ms, every time. What is asserted is generous, because the machine that tests is not the machine that
// works; the figures are printed and kept with the result.
for (const { talk, messages, seen } of [
  { talk: 'a talk of 12 messages', messages: 12, seen: 12 },
  // All of it is new, so it opens where the new begins.
  { talk: 'a talk of 50 messages', messages: 50, seen: 1 },
]) {
  test(`going to the next conversation, ${talk}`, async ({ company, desk }) => {
    test.setTimeout(180_000)
    const { rapport, inbox } = company
    const question = (n: number, m: number) => `Question ${n} of ${messages}, part ${m}.`
    for (let n = 1; n <= 12; n++) await writes(rapport, inbox, ...Array.from({ length: messages }, (_, m) => question(n, m + 1)))
    await desk.all()
    await expect(desk.row(question(12, messages))).toBeVisible()
    await desk.page.keyboard.press('j')
    await expect(desk.message(question(12, seen))).toBeVisible()
    const times: number[] = []
    for (let n = 11; n >= 1; n--) {
      await desk.page.waitForLoadState('networkidle')
      times.push(await next(desk, question(n, seen)))
    }
    times.sort((a, b) => a - b)
    const median = times[Math.floor(times.length / 2)]!
    const line = `next conversation, ${talk}: median ${median.toFixed(0)} ms, slowest ${times.at(-1)!.toFixed(0)} ms of ${times.length}`
    console.log(line)
    test.info().annotations.push({ type: 'measured', description: line })
    expect(median).toBeLessThan(200)
  })
}
