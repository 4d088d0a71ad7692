"""The main job: an app in a notebook cell, and the same app as a page."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.apps import SEED_A, SEED_B, SEED_C, SEED_D
from tests.browser.conftest import Standalone, Voila
from tests.browser.lab import LabPage


def run_seed_a(app: Locator) -> None:
    expect(app.get_by_role("heading", name="Two boxes")).to_be_visible()
    app.get_by_label("Left").fill("salt")
    app.get_by_label("Right").fill("pepper")
    app.get_by_role("button", name="Run").click()
    expect(app.get_by_label("Right")).to_have_value("salt and pepper")
    expect(app.get_by_label("Left")).to_have_value("pepper and salt")


def test_two_boxes_and_a_button_in_a_cell(frontend: LabPage) -> None:
    frontend.open([SEED_A])
    frontend.run_all()
    run_seed_a(frontend.app)


def test_an_app_whose_models_share_one_comm(frontend: LabPage) -> None:
    frontend.open(["import os; os.environ['NBBLOCKS_MULTIPLEXED'] = '1'\n" + SEED_A])
    frontend.run_all()
    run_seed_a(frontend.app)
    assert frontend.kernel_exec("print(len(demo.running.display.models))").strip() == "0"


def test_two_boxes_and_a_button_as_a_page(page: Page, standalone: Standalone) -> None:
    server = standalone(SEED_A)
    page.goto(server.url)
    run_seed_a(page.locator(".gradio-container"))


def test_two_boxes_and_a_button_in_voila(page: Page, voila: Voila) -> None:
    page.goto(voila([SEED_A]).url)
    run_seed_a(page.locator(".gradio-container"))


def reverse(app: Locator) -> None:
    boxes = app.get_by_role("textbox")
    expect(boxes).to_have_count(2)
    boxes.nth(0).fill("stressed")
    app.get_by_role("button", name="Reverse").click()
    expect(boxes.nth(1)).to_have_value("desserts")


def test_components_made_inside_a_listener_work_in_a_cell(lab: LabPage) -> None:
    lab.open([SEED_B])
    lab.run_all()
    reverse(lab.app)
    expect(lab.output(0)).to_contain_text("has no effect inline")


def test_a_page_behind_a_login(page: Page, standalone: Standalone) -> None:
    server = standalone(SEED_B)
    page.goto(server.url)
    page.get_by_label("Username").fill("username")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Username").fill("username")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    reverse(page.locator(".gradio-container"))


def make_picture(app: Locator) -> None:
    app.get_by_role("textbox").fill("twelve chars")
    app.get_by_role("button", name="Generate Image").click()
    image = app.locator("img")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 60)
    expect(image).to_have_js_property("naturalHeight", 30)


def test_a_picture_from_text_in_a_cell(lab: LabPage) -> None:
    lab.open([SEED_C])
    lab.run_all()
    make_picture(lab.app)


def test_a_picture_from_text_as_a_page(page: Page, standalone: Standalone) -> None:
    server = standalone(SEED_C)
    page.goto(server.url)
    make_picture(page.locator(".gradio-container"))


def test_unload_prints_once_when_the_page_is_closed(chromium: Browser, standalone: Standalone) -> None:
    server = standalone(SEED_D)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(server.url)
    expect(page.get_by_role("heading")).to_contain_text("hello will be printed")
    page.close(run_before_unload=True)
    server.wait_for_line("^hello$")
    context.close()
    assert [line.strip() for line in server.lines].count("hello") == 1


def test_the_kernel_listens_on_no_new_socket_inline(lab: LabPage) -> None:
    probe = (
        "import os, re; ours = {os.readlink(f'/proc/self/fd/{f}') for f in os.listdir('/proc/self/fd') "
        "if os.path.exists(f'/proc/self/fd/{f}')}; "
        "print(sorted(l.split()[1] for n in ('tcp', 'tcp6') for l in open(f'/proc/self/net/{n}') "
        "if ' 0A ' in l and f'socket:[{l.split()[9]}]' in ours))"
    )
    lab.open([SEED_A])
    before = lab.kernel_exec(probe)
    lab.run_all()
    run_seed_a(lab.app)
    assert lab.kernel_exec(probe) == before
    assert re.search(r"\w", before)
