"""What a page of its own shows, and how soon; the same for every library, whose elements may stand in shadow roots."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page

from benchmarks import measure
from tests.browser.processes import Server

PATIENCE_S = 30  #: a page that took longer is not opened once more

#: What the programs in the page, below, share. A look that takes long is taken less often: the page is to work, too.
LOOK = """
const sees = (wanted, root = document) => {
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
        const node = nodes.currentNode;
        if (node.shadowRoot && sees(wanted, node.shadowRoot)) return true;
        if (node.nodeType !== Node.TEXT_NODE || !wanted.test(node.data)) continue;
        if (!/^(SCRIPT|STYLE|TEMPLATE)$/.test(node.parentElement?.tagName)) return true;
    }
    return false;
};
const everyImage = (root = document) => [...root.querySelectorAll('*')].flatMap((element) => [
    ...(element.tagName === 'IMG' ? [element] : []),
    ...(element.shadowRoot ? everyImage(element.shadowRoot) : []),
]);
const until = async (is_so, limit_ms = 120_000) => {
    const started = performance.now();
    while (true) {
        const since = performance.now();
        if (is_so()) return performance.now() - started;
        if (since - started > limit_ms) throw new Error('what was waited for was not seen');
        const took_ms = performance.now() - since;
        await new Promise(requestAnimationFrame);
        if (took_ms > 4) await new Promise((resolve) => setTimeout(resolve, 4 * took_ms));
    }
};
"""

#: Milliseconds from now until `out` shows something new.
ANSWER = """
const answer = async (out, act) => {
    const read = () => (out.value ?? out.textContent);
    const before = read();
    const started = performance.now();
    act();
    while (read() === before) {
        await new Promise((resolve) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = resolve;
            channel.port2.postMessage(0);
        });
        if (performance.now() - started > 10_000) throw new Error('no answer');
    }
    return performance.now() - started;
};
"""

CLICK = f"(out, button) => {{ {ANSWER} return answer(out, () => button.click()); }}"

#: The time of the next key is waited for.
KEY = f"""(out) => {{
    {ANSWER}
    window.answered = new Promise((resolve) => {{
        addEventListener('keydown', () => resolve(answer(out, () => undefined)), {{ capture: true, once: true }});
    }});
}}"""


def answered_ms(button: Locator, out: Locator) -> float:
    """Milliseconds until a click is answered, as the page itself sees it."""
    return float(out.evaluate(CLICK, button.element_handle()))


def _go(page: Page) -> Locator:
    return page.get_by_role("button", name="Go", exact=True)


def _out(page: Page) -> Locator:
    return page.get_by_label("Out", exact=True).or_(page.locator(".st-key-out")).first


@dataclass(frozen=True)
class Launch:
    first_s: float  #: from the start of the program until a page's first click is answered
    bytes: int  #: that the page got until then
    requests: int


def launching(browser: Browser, served: Callable[[], AbstractContextManager[Server]], runs: int = 3) -> Launch:
    """Start a program, enter a name on its page, click a button; medians."""
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        with served() as server:
            page = browser.new_page()
            came = measure.Received(page)
            page.goto(server.url, wait_until="commit")
            page.get_by_label("Name", exact=True).fill("Ada")
            answered_ms(_go(page), _out(page))
            found.append((time.perf_counter() - started, came.bytes, len(came.requests)))
            page.close()
    first_s, size, count = (statistics.median(column) for column in zip(*found, strict=True))
    return Launch(first_s, int(size), int(count))


@dataclass(frozen=True)
class Clicks:
    at_once_ms: float  #: a click right after a text was entered
    settled_ms: float  #: a click on a page at rest
    cpu_ms: float  #: of the server, of a text and a click


def clicking(browser: Browser, server: Server, clicks: int = 200) -> Clicks:
    """A name is entered, a button is clicked, many times; medians."""
    page = browser.new_page()
    page.goto(server.url)
    name, go, out = page.get_by_label("Name", exact=True), _go(page), _out(page)

    def click(text: str, rest_ms: float) -> float:
        name.fill(text)
        if rest_ms:
            page.wait_for_timeout(rest_ms)
        return answered_ms(go, out)

    click("Ada", 0)
    before_s = measure.cpu_s(server.process.pid)
    at_once = [click(f"Ada {n}", 0) for n in range(clicks)]
    cpu_ms = (measure.cpu_s(server.process.pid) - before_s) / clicks * 1000
    settled = [click(f"Grace {n}", 150) for n in range(clicks // 4)]
    page.close()
    return Clicks(statistics.median(at_once), statistics.median(settled), cpu_ms)


def typing(browser: Browser, server: Server, letters: int = 60) -> float:
    """Milliseconds until a letter typed is answered, median."""
    page = browser.new_page()
    page.goto(server.url)
    name, out = page.get_by_label("Name", exact=True), _out(page)
    name.press_sequentially("Ada")
    page.wait_for_timeout(1000)
    times = []
    for _ in range(letters):
        out.evaluate(KEY)
        page.keyboard.press("x")
        times.append(float(page.evaluate("window.answered")))
        page.wait_for_timeout(50)
    page.close()
    return statistics.median(times)


#: Keeps the times at which the conversation on the page became another.
WATCH = """() => {
    const log = document.querySelector("[role=log]");
    let last = log.textContent;
    window.shown = [];
    new MutationObserver(() => {
        if (log.textContent === last) return;
        last = log.textContent;
        window.shown.push(performance.now());
    }).observe(log, { subtree: true, childList: true, characterData: true });
}"""


def answering(browser: Browser, server: Server, message: str) -> tuple[float, float]:
    """An answer of 500 steps in a chat: how many of them, and how many states of the page, a second."""
    page = browser.new_page()
    page.goto(server.url)
    box = page.locator("textarea").first
    box.wait_for()
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    box.fill(message)
    box.press("Enter")
    page.wait_for_function("document.querySelector('[role=log]').textContent.includes('word499')", timeout=120_000)
    shown = page.evaluate("window.shown")
    page.close()
    took_s = (shown[-1] - shown[0]) / 1000
    return 500 / took_s, len(shown) / took_s


#: Milliseconds from a click until the first of a growing text is there, until its end, and how many texts were seen.
GROW = """async (out, button) => {
    const read = () => (out.value ?? out.textContent);
    const seen = [];
    let last = read();
    const started = performance.now();
    button.click();
    while (seen.length === 0 || !/end\\d+\\s*$/.test(last)) {
        await new Promise(requestAnimationFrame);
        if (performance.now() - started > 60_000) throw new Error('no end');
        if (read() === last) continue;
        last = read();
        seen.push(performance.now() - started);
    }
    return [seen[0], seen.at(-1), seen.length];
}"""


@dataclass(frozen=True)
class Growth:
    first_ms: float
    took_ms: float
    states_per_s: float
    bytes: int


def growing(browser: Browser, server: Server, runs: int = 5) -> Growth:
    """A handler that yields a growing text, as a page sees it; medians, the first left out."""
    page = browser.new_page()
    page.goto(server.url)
    out, button = _out(page), _go(page)
    button.wait_for()
    came = measure.Received(page)
    found = []
    for _ in range(runs + 1):
        page.wait_for_timeout(500)
        came.clear()
        first, took, states = out.evaluate(GROW, button.element_handle())
        found.append((first, took, states / took * 1000, came.bytes))
    page.close()
    first_ms, took_ms, states_per_s, weight = (statistics.median(column) for column in zip(*found[1:], strict=True))
    return Growth(first_ms, took_ms, states_per_s, int(weight))


#: Milliseconds from a click until another picture is decoded on the page.
PICTURE = f"""async (button) => {{
    {LOOK}
    const shown = () => everyImage().find((img) => img.naturalWidth === 3840 && img.complete);
    const before = shown()?.src;
    const started = performance.now();
    button.click();
    await until(() => shown() && shown().src !== before);
    await shown().decode();
    return performance.now() - started;
}}"""


def picturing(browser: Browser, server: Server, runs: int = 5) -> float:
    """Milliseconds until a picture of 3840 × 2160 that a handler returns is seen, median."""
    page = browser.new_page()
    page.goto(server.url)
    times = []
    for _ in range(runs + 1):
        _go(page).wait_for()
        page.wait_for_timeout(500)
        times.append(float(_go(page).evaluate(PICTURE)))
    page.close()
    return statistics.median(times[1:])


#: The first cell of the frame, however it is written.
CELL = r"/^\s*4[,.]?242[,.]?424(\.0+)?\s*$/"

#: Milliseconds from a click until the first cell of a table is on the page.
TABLE = f"async (button) => {{ {LOOK} button.click(); return until(() => sees({CELL})); }}"


def tabling(browser: Browser, server: Server, runs: int = 3) -> tuple[float, int]:
    """Milliseconds until a table that a handler returns is seen, median; bytes that came for it."""
    times, sizes = [], []
    for _ in range(runs):
        page = browser.new_page()
        page.goto(server.url)
        _go(page).wait_for()
        page.wait_for_timeout(1000)
        came = measure.Received(page)
        times.append(float(_go(page).evaluate(TABLE)))
        page.wait_for_timeout(500)
        sizes.append(came.bytes)
        page.close()
    return statistics.median(times), int(statistics.median(sizes))


def opening(browser: Browser, server: Server, wanted: str, runs: int = 3) -> tuple[float, int]:
    """Seconds from the address until the page says something and answers, median; bytes until then.

    Parameters
    ----------
    wanted : str
        A regular expression, as JavaScript writes it.
    """
    times, sizes = [], []
    for _ in range(runs):
        page = browser.new_page()
        came = measure.Received(page)
        started = time.perf_counter()
        page.goto(server.url, wait_until="commit", timeout=120_000)
        page.evaluate(f"async () => {{ {LOOK} await until(() => sees({wanted})); }}")
        page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(r))))")
        times.append(time.perf_counter() - started)
        sizes.append(came.bytes)
        page.close()
        if sum(times) > PATIENCE_S:
            break
    return statistics.median(times), int(statistics.median(sizes))
