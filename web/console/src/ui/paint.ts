// What can wait until the screen shows the answer to a key.

const AT_LATEST_MS = 200;

/** Runs when the next picture is on the screen and nothing more urgent waits; soon in any case, since a hidden page draws none. */
export function afterPaint(run: () => void): void {
  let done = false;
  const once = () => {
    if (done) return;
    done = true;
    clearTimeout(late);
    run();
  };
  const late = setTimeout(once, AT_LATEST_MS);
  requestAnimationFrame(() => ('requestIdleCallback' in window ? requestIdleCallback(once) : setTimeout(once)));
}
