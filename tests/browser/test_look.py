"""A bureau's own look in Chromium: read in every view, and its form sent without a script."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from pipeline.settings import Corrections
from pipeline.settings.look.read import read_look
from tests.browser.serving import ARGUMENTS, CHROMIUM, serve
from tests.browser.test_accessibility import _CHOOSE, _FOUND, _PLAIN, ON_COLOURS, RULES, VIEWS
from tests.settings.pictures import DRAWING, SVG
from tests.site.builders import SAMPLE, build, settings_in

playwright = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.base")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="没有安装 Chromium"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="没有 openssl，造不了证书"),
]

LOOKS = {
    "red": {"emblem": "a.svg", "light": {"brand": "#b31217", "rule": "#f2c14e"}},
    "pale": {"emblem": "a.svg", "light": {"brand": "#ffe08a"}, "dark": {"brand": "#0c3b1e"}},
}
COLOURED = ("dark", "contrast, phone", "dark contrast, phone", "chosen contrast", "paper")
ANSWERS = {
    "applicant": "常山县青石桥建材有限公司",
    "contact": "0570-5020001",
    "case_number": "常综执罚决字〔2026〕第0001号",
    "wrong": "罚款金额写成了12,000.50元。\n第二行",
}


@dataclass
class FormService:
    """A form service of the bureau: what it was sent."""

    origin: str
    received: list[tuple[str, dict[str, str], dict[str, list[str]]]] = field(default_factory=list)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormService]:
    folder = tmp_path_factory.mktemp("service")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(made, cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002
            return

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
            told = {name.lower(): value for name, value in self.headers.items()}
            found.received.append((self.path, told, parse_qs(body, strict_parsing=True)))
            self.send_response(303)
            self.send_header("Location", "/thanks")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write("<title>收到</title>".encode())

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        found = FormService(f"https://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, service: FormService) -> dict[str, Path]:
    built = {}
    for name, told in LOOKS.items():
        root = tmp_path_factory.mktemp(name)
        (root / "a.svg").write_text(SVG.format(DRAWING))
        look, faults = read_look({"look": told}, root)
        assert faults == ()
        posting = Corrections(post_to=f"{service.origin}/gengzheng?from=site")
        build(root, SAMPLE, settings_in(root, look=look, corrections=posting))
        built[name] = root / "site"
    return built


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield running
        running.close()


@pytest.mark.parametrize("name", LOOKS)
def test_no_view_of_a_look_is_hard_to_read(browser, sites: dict[str, Path], name: str) -> None:  # noqa: ANN001
    broken: list[str] = []
    with serve(sites[name]) as address:
        tab = browser.new_page(base_url=address)
        for path in ("index.html", f"decisions/{SAMPLE[2].slug}.html", "correction.html"):
            tab.set_viewport_size({"width": 1280, "height": 800})
            tab.emulate_media(**_PLAIN)
            tab.goto(path)
            tab.evaluate(axe.AXE_SCRIPT)
            broken += [f"{path}: {each}" for each in tab.evaluate(_FOUND, list(RULES))]
            for view_name in COLOURED:
                view = VIEWS[view_name]
                tab.set_viewport_size({"width": view.width, "height": 800})
                tab.emulate_media(**{**_PLAIN, **view.media})
                tab.evaluate(_CHOOSE, dict(view.chosen))
                found = tab.evaluate(_FOUND, list(ON_COLOURS))
                broken += [f"{path} {view_name}: {each}" for each in found]
        tab.close()
    assert broken == []


_SHOWN = """() => [".top", "main a", ".figures strong", ".help"].map((place) => {
  const style = getComputedStyle(document.querySelector(place));
  return [style.backgroundColor, style.color, style.borderLeftColor].join(" ");
})"""


@pytest.mark.parametrize(
    ("media", "chosen"),
    [
        ({}, {"colour": "contrast"}),
        ({"contrast": "more"}, {}),
        ({"contrast": "more", "color_scheme": "dark"}, {}),
    ],
)
def test_high_contrast_looks_the_same_for_every_bureau(
    browser,  # noqa: ANN001
    sites: dict[str, Path],
    media: dict[str, str],
    chosen: dict[str, str],
) -> None:
    plain, shown = [], []
    for folder in sites.values():
        with serve(folder) as address:
            tab = browser.new_page(base_url=address)
            tab.emulate_media(**_PLAIN)
            tab.goto("index.html")
            plain.append(tab.evaluate(_SHOWN))
            tab.emulate_media(**{**_PLAIN, **media})
            tab.evaluate(_CHOOSE, chosen)
            shown.append(tab.evaluate(_SHOWN))
            tab.close()
    assert plain[0] != plain[1]
    assert shown[0] == shown[1]


def test_the_emblem_is_seen(browser, sites: dict[str, Path]) -> None:  # noqa: ANN001
    with serve(sites["red"]) as address:
        tab = browser.new_page(base_url=address, viewport={"width": 320, "height": 640})
        tab.goto("index.html")
        image = tab.locator(".emblem")
        assert image.evaluate("(image) => image.complete && image.naturalWidth > 0")
        assert image.bounding_box()["height"] == 48
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
        tab.close()


def test_the_form_reaches_the_form_service_without_a_script(
    browser,  # noqa: ANN001
    sites: dict[str, Path],
    service: FormService,
) -> None:
    service.received.clear()
    with serve(sites["red"]) as address:
        visit = browser.new_context(
            base_url=address, java_script_enabled=False, ignore_https_errors=True
        )
        tab = visit.new_page()
        tab.goto("correction.html")
        tab.get_by_label("说明或者解释", exact=True).check()
        for name, answer in ANSWERS.items():
            tab.fill(f"#post-{name}", answer)
        tab.get_by_role("button", name="提交").click()
        assert service.received == []  # not before the citizen agreed
        tab.get_by_label("我已经看过").check()
        tab.get_by_role("button", name="提交").click()
        tab.wait_for_url("**/thanks")
        assert tab.title() == "收到"
        visit.close()
    ((path, headers, answers),) = service.received
    assert path == "/gengzheng?from=site"
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert "referer" not in headers
    assert headers["origin"] == "null"
    sent = {name: answer.replace("\n", "\r\n") for name, answer in ANSWERS.items()}
    wanted = {"kind": "说明或者解释", **sent, "agreed": "是"}
    assert {name: values[0] for name, values in answers.items()} == wanted


def test_the_browser_sends_the_form_to_no_other_host(
    browser,  # noqa: ANN001
    sites: dict[str, Path],
    service: FormService,
) -> None:
    service.received.clear()
    said: list[str] = []
    with serve(sites["red"]) as address:
        visit = browser.new_context(base_url=address, ignore_https_errors=True)
        tab = visit.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.goto("correction.html")
        elsewhere = service.origin.replace("127.0.0.1", "localhost")
        tab.evaluate("(to) => (document.querySelector('.post-form').action = to)", elsewhere)
        tab.evaluate("document.querySelector('.post-form').submit()")
        tab.wait_for_timeout(300)
        assert tab.url.endswith("correction.html")
        visit.close()
    assert service.received == []
    assert any("form-action" in text for text in said)
