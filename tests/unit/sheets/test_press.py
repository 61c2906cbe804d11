"""The press: one child that sets type, replaced when it has gone."""

import os
import signal

import pytest

from inspect_app.sheets import press as press_module
from inspect_app.sheets.press import Job, Press, PressFailed
from tests.unit.sheets.material import LABEL_DATA


def test_a_child_that_has_ended_is_replaced(press: Press) -> None:
    job = Job("labels.typ", LABEL_DATA, 0)
    before = press.set(job)
    child = press.child_id()
    assert child is not None

    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)

    assert press.set(job) == before
    assert press.child_id() != child


def test_what_cannot_be_set_says_so_and_the_press_goes_on(press: Press) -> None:
    with pytest.raises(PressFailed):
        press.set(Job("labels.typ", "{}", 0))

    assert press.set(Job("labels.typ", LABEL_DATA, 0)).startswith(b"%PDF")


def test_a_stuck_child_is_ended(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.set(Job("labels.typ", LABEL_DATA, 0))
    child = press.child_id()
    assert child is not None
    os.kill(child, signal.SIGSTOP)
    monkeypatch.setattr(press_module, "JOB_SECONDS", 0.6)

    assert press.set(Job("labels.typ", LABEL_DATA, 0)).startswith(b"%PDF")
    assert press.child_id() != child


def test_a_job_cannot_name_a_file_outside_its_folder(press: Press) -> None:
    with pytest.raises(PressFailed):
        press.set(Job("../../etc/passwd", LABEL_DATA, 0))


def test_a_closed_press_has_no_child_and_starts_again() -> None:
    press = Press()
    press.set(Job("labels.typ", LABEL_DATA, 0))

    press.close()

    assert press.child_id() is None
