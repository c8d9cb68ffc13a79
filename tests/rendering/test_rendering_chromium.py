"""In a real browser at the width of a phone: nothing is wider than the screen, nothing is cut."""

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rendering_values as floreal
from rendering_values import FLOREAL, VIRGINIE, at

from veille.model.message import Message
from veille.rendering import Renderer, digest_page

pytestmark = pytest.mark.debian

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--dump-dom",
)
WIDTHS = (360, 800)
#: Each page stands in a frame as wide as a screen (a window of Chromium is never under 500) and says what it measures.
MEASURE = """<script>addEventListener("load", () => parent.postMessage({
  name: "NAME", width: innerWidth, scroll: document.documentElement.scrollWidth,
  picture: document.images.length ? document.images[0].naturalWidth : 0,
  widest: Math.max(...[...document.querySelectorAll("body *")].map(e => e.getBoundingClientRect().right)),
}, "*"))</script></body>"""
GATHER = """<!DOCTYPE html><title>frames</title><script>
const heard = [];
addEventListener("message", (event) => {
  heard.push(event.data);
  document.documentElement.setAttribute("data-heard", JSON.stringify(heard));
});</script>"""
NAMES = ("alert", "digest", "first look", "long words")


@pytest.fixture(scope="module")
def browser() -> str:
    """Where Chromium is; absent, the test is skipped, except where CI is set: there it must run."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed (Debian package: chromium)")
        pytest.skip("chromium is not installed")
    return CHROMIUM


def _pages() -> dict[str, Message]:
    renderer = Renderer.load()
    title = "https://exemple.example/" + "x" * 90
    wide = floreal.story(floreal.mention(at("12:00"), "nom" * 18, "a.example", "mot", title=title))
    return {
        "alert": renderer.alert_message(floreal.A5, client=FLOREAL, language="fr", zone="Europe/Paris"),
        "digest": renderer.digest_message(floreal.MORNING, person=VIRGINIE, now=at("06:31", 13)),
        "first look": renderer.first_look_message(floreal.LOOK, person=VIRGINIE),
        "long words": renderer.alert_message(
            floreal.alert(floreal.Reason.CRITICAL_MENTION, wide, at("12:20")),
            client=FLOREAL,
            language="fr",
            zone="Europe/Paris",
            public_url="https://v.agence.fr",
        ),
    }


@pytest.fixture(scope="module")
def measured(browser: str, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], dict[str, float]]:
    """What each page measures at each width, from one start of the browser."""
    folder = tmp_path_factory.mktemp("pages")
    frames = GATHER
    for name, message in _pages().items():
        page = digest_page(message).replace("</body>", MEASURE.replace("NAME", name))
        folder.joinpath(f"{name}.html").write_text(page, encoding="utf-8")
        frames += "".join(
            f'<iframe src="{name}.html" width="{width}" height="900" style="border: 0"></iframe>' for width in WIDTHS
        )
    outer = folder / "frames.html"
    outer.write_text(frames, encoding="utf-8")
    heard = _heard(browser, outer, profile=folder / "profile")
    return {(str(row["name"]), int(row["width"])): row for row in heard}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_width(measured: dict[tuple[str, int], dict[str, float]], name: str, width: int) -> None:
    """The page is as wide as the screen, on a phone and on a desk."""
    found = measured[name, width]
    assert found["scroll"] <= width
    assert found["widest"] <= width
    assert found["picture"] == (1120 if name in ("digest", "first look") else 0)


def _heard(browser: str, file: Path, *, profile: Path) -> list[dict[str, float]]:
    command = [browser, *FLAGS, f"--user-data-dir={profile}", "--virtual-time-budget=5000", file.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    found = re.search('data-heard="([^"]*)"', dom)
    assert found, dom[:500]
    return list(json.loads(html.unescape(found[1])))
