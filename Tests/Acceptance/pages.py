#!/usr/bin/env python3
"""The pages of `bursar report --out DIR`, as a browser and an HTML parser see them.

    pages.py DIR [--pictures FOLDER] [--most 40] [--size 1048576] [--paint MILLISECONDS]

html5lib must note no error of any page; none may be larger than `--size`, lead to a page that is not there, or name an element that is not its own.
With Playwright, axe-playwright-python and a Chromium of this machine each of the first `--most` pages is opened light and dark, at 1,280 and 375 pixels: axe must find nothing, nothing may be asked for but the page, nothing may reach out of a narrow window, and without
JavaScript the same text must be there. No text of a chart may be smaller than 11 pixels. `--paint` opens every page in a browser that has
seen none before, five times, and wants the first contentful paint of each (the middle of the five) within so many milliseconds: nothing else is looked at then.
`--pictures` keeps what was seen, for people to look at. What cannot be run is said, and is no failure.
"""
import argparse
import os
import re
import shutil
import sys

failures = []


def fail(page, message):
    failures.append(f"{page}: {message}")


def parse(name, text, names):
    import html5lib

    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    for place, code, details in parser.errors:
        fail(name, f"{place}: {code} {details}")
    identifiers = [element.get("id") for element in tree.iter() if element.get("id")]
    if len(identifiers) != len(set(identifiers)):
        fail(name, "two elements are named alike")
    for element in tree.iter():
        for key in ("aria-labelledby", "aria-describedby"):
            for reference in (element.get(key) or "").split():
                if reference not in identifiers:
                    fail(name, f"'{reference}' is named and not there")
        link = element.get("href")
        if link and not re.match(r"https?://|#", link) and link not in names:
            fail(name, f"a link leads to '{link}', which is not there")


def without_browser(folder, names, size):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        if len(data) > size:
            fail(name, f"{len(data)} bytes are more than {size}")
        parse(name, data.decode("utf-8"), names)
    print(f"html5lib: {len(names)} pages parsed")


# The size in which the texts of charts are drawn: those that are shown, in pixels of the page.
SMALLEST = """[...document.querySelectorAll("figure.chart svg:not(.own) text")].map(text => {
    const svg = text.ownerSVGElement, box = svg.getBoundingClientRect();
    return box.width ? parseFloat(getComputedStyle(text).fontSize) * box.width / svg.viewBox.baseVal.width : Infinity;
}).reduce((least, size) => Math.min(least, size), Infinity)"""


def paints(folder, names, most):
    """When something of each page is seen first, in milliseconds after it was asked for."""
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in names:
            times = []
            for _ in range(5):
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                page = context.new_page()
                page.goto("file://" + os.path.join(os.path.abspath(folder), name))
                time = page.evaluate("""new Promise(done => {
                    const seen = list => list.getEntries().forEach(entry => entry.name === "first-contentful-paint" && done(entry.startTime));
                    new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
                })""")
                times.append(time)
                context.close()
            found.append((sorted(times)[2], name))
            if found[-1][0] > most:
                fail(name, f"is painted first after {found[-1][0]:.0f} ms, and {most} are allowed")
        browser.close()
    found.sort()
    slowest = ", ".join(f"{name} {time:.0f} ms" for time, name in reversed(found[-3:]))
    print(f"first contentful paint of {len(found)} pages: middle {found[len(found) // 2][0]:.0f} ms; the slowest: {slowest}")


def visible_text(page):
    return " ".join(page.inner_text("main").split())


def look(folder, names, pictures):
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    axe = Axe()
    seen = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for width in (1280, 375):
                # Axe runs inside of the page, whose policy allows its own script alone: the check is let past it, the page is not changed.
                context = browser.new_context(
                    color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
                page = context.new_page()
                asked = []
                page.on("request", lambda request: asked.append(request.url))
                page.on("pageerror", lambda error: fail(page.url, f"an error of its script: {error}"))
                for name in names:
                    asked.clear()
                    address = "file://" + os.path.join(os.path.abspath(folder), name)
                    page.goto(address)
                    if [url for url in asked if url != address]:
                        fail(name, f"asks for {asked}")
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    if wide > width:
                        fail(name, f"is {wide} pixels wide in a window of {width}")
                    smallest = page.evaluate(SMALLEST)
                    if smallest is not None and smallest < 11:
                        fail(name, f"{width}: a text of a chart is {smallest:.1f} pixels high")
                    for violation in axe.run(page).response["violations"]:
                        nodes = violation["nodes"]
                        fail(name, f"{scheme}, {width}: axe {violation['id']} at {len(nodes)}, first {nodes[0]['target']}: "
                             f"{nodes[0].get('failureSummary', '')[:200]}")
                    if pictures:
                        os.makedirs(pictures, exist_ok=True)
                        page.screenshot(path=os.path.join(pictures, f"{name[:-5]}-{scheme}-{width}.png"), full_page=True)
                    seen += 1
                context.close()
        still = browser.new_context(java_script_enabled=False).new_page()
        moving = browser.new_context().new_page()
        for name in names:
            address = "file://" + os.path.join(os.path.abspath(folder), name)
            still.goto(address)
            moving.goto(address)
            # Sorting and filtering are added; nothing else may differ.
            words = visible_text(moving)
            for part in visible_text(still).split(" "):
                if part not in words:
                    fail(name, f"'{part}' is there without JavaScript only")
                    break
            if len(visible_text(still)) < 20:
                fail(name, "shows hardly anything without JavaScript")
        browser.close()
    print(f"chromium and axe: {seen} views of {len(names)} pages")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("folder")
    options.add_argument("--pictures")
    options.add_argument("--most", type=int, default=40)
    options.add_argument("--size", type=int, default=1 << 20)
    options.add_argument("--paint", type=int)
    options = options.parse_args()
    names = sorted(name for name in os.listdir(options.folder) if name.endswith(".html"))
    if not names:
        sys.exit(f"there are no pages in {options.folder}")
    try:
        without_browser(options.folder, names, options.size)
    except ImportError:
        print("skipped: html5lib is not there")
    try:
        if not shutil.which("chromium"):
            print("skipped: there is no chromium")
        elif options.paint:
            paints(options.folder, names[: options.most], options.paint)
        else:
            look(options.folder, names[: options.most], options.pictures)
    except ImportError as error:
        print(f"skipped: {error.name} is not there")
    for failure in failures[:60]:
        print(failure, file=sys.stderr)
    print(f"{len(failures)} faults")
    sys.exit(1 if failures else 0)


main()
