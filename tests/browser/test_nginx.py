"""Behind nginx: with a prefix that it strips or keeps, with TLS, and when it cuts the connection."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.processes import Server, free_port

NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")

APP = """
import pathlib, tempfile
import nbblocks as gr
with gr.Blocks() as demo:
    name, out, count = gr.Textbox(label="Name"), gr.Textbox(label="Out"), gr.State(0)
    given, read, made = gr.File(label="Given"), gr.Textbox(label="Read"), gr.File(label="Made")
    def greet(name, n):
        return f"Hello {name} {n + 1}", n + 1
    gr.Button("Greet").click(greet, [name, count], [out, count])
    given.upload(lambda path: pathlib.Path(path).read_text(), given, read)
    def make():
        path = pathlib.Path(tempfile.mkdtemp()) / "made.txt"
        path.write_text("made here")
        return str(path)
    gr.Button("Make").click(make, None, made)
demo.launch(server_port=PORT, root_path=ROOT)
"""

CONF = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
daemon off;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
    server {{
        listen 127.0.0.1:{port} {tls};
        {certificate}
        location {location} {{
            proxy_pass {upstream};
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_buffering off;
        }}
    }}
}}
"""


def certificate(folder: Path) -> str:
    """A certificate of its own for 127.0.0.1, as nginx's lines."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return f"ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;"


class Proxy:
    """An nginx in front of an app."""

    def __init__(self, folder: Path, conf: str, port: int) -> None:
        self.folder, self.port = folder, port
        (folder / "nginx.conf").write_text(conf)
        self.start()

    def start(self) -> None:
        assert NGINX is not None
        command = [NGINX, "-p", str(self.folder), "-e", f"{self.folder}/error.log", "-c", f"{self.folder}/nginx.conf"]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture
def behind(standalone: Callable[..., Server], tmp_path: Path) -> Iterator[Callable[..., tuple[str, Proxy]]]:
    """Serve the app behind nginx: `behind(path="/app/", strips=True, tls=False)` gives its address there."""
    running: list[Proxy] = []

    def make(path: str = "/", strips: bool = True, tls: bool = False) -> tuple[str, Proxy]:
        port, own = free_port(), free_port()
        root = path.rstrip("/") or None
        standalone(APP.replace("PORT", str(own)).replace("ROOT", repr(root)))
        conf = CONF.format(
            folder=tmp_path,
            port=port,
            tls="ssl" if tls else "",
            certificate=certificate(tmp_path) if tls else "",
            location=path,
            upstream=f"http://127.0.0.1:{own}" + ("/" if strips else ""),
        )
        running.append(Proxy(tmp_path, conf, port))
        return f"{'https' if tls else 'http'}://127.0.0.1:{port}{path}", running[-1]

    yield make
    for proxy in running:
        proxy.stop()


def use(page: Page, tmp_path: Path, times: int = 1) -> None:
    """Text, a file in, a file out."""
    page.get_by_label("Name").fill("Ada")
    page.get_by_role("button", name="Greet").click()
    expect(page.get_by_label("Out")).to_have_value(f"Hello Ada {times}")
    given = tmp_path / "given.txt"
    given.write_text("from the browser")
    page.locator("input[type=file]").first.set_input_files(given)
    expect(page.get_by_label("Read")).to_have_value("from the browser")
    page.get_by_role("button", name="Make").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download made.txt").click()
    assert download.value.path().read_text() == "made here"


def opened(page: Page, url: str) -> None:
    """Open the page once nginx listens."""
    for _ in range(50):
        try:
            page.goto(url)
            return
        except Exception:  # not yet
            page.wait_for_timeout(100)
    page.goto(url)


@pytest.mark.parametrize(("path", "strips"), [("/", True), ("/a/b/", True), ("/a/b/", False)])
def test_an_app_behind_a_prefix(
    page: Page, behind: Callable[..., tuple[str, Proxy]], tmp_path: Path, path: str, strips: bool
) -> None:
    url, _ = behind(path, strips)
    opened(page, url)
    use(page, tmp_path)


def test_an_app_behind_tls(chromium: object, behind: Callable[..., tuple[str, Proxy]], tmp_path: Path) -> None:
    url, _ = behind("/a/b/", tls=True)
    context = chromium.new_context(ignore_https_errors=True)  # type: ignore[attr-defined]
    page = context.new_page()
    opened(page, url)
    use(page, tmp_path)
    context.close()


def test_a_proxy_that_goes_away_loses_nothing(
    page: Page, behind: Callable[..., tuple[str, Proxy]], tmp_path: Path
) -> None:
    url, proxy = behind("/")
    opened(page, url)
    name, out, greet = page.get_by_label("Name"), page.get_by_label("Out"), page.get_by_role("button", name="Greet")
    name.fill("Ada")
    for n in range(1, 11):
        greet.click()
        expect(out).to_have_value(f"Hello Ada {n}")
        proxy.stop()
        expect(page.get_by_text("Reconnecting…")).to_be_visible()
        proxy.start()
        expect(page.get_by_text("Reconnecting…")).to_have_count(0, timeout=20_000)
