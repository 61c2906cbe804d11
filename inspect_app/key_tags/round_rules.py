"""The evening round: what hangs in the cabinets against what should."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

FINDINGS: Final = ("missing", "extra", "wrong_hook", "stale")
MOST_SCANS: Final = 1_000


@dataclass(frozen=True)
class Expected:
    """A key of the shop: its tag, its hook (empty for none), and its state as on the wall."""

    tag: int
    hook: str
    state: str


@dataclass(frozen=True)
class Scanned:
    """A tag that hung in a cabinet; `hook` where the code beside it was scanned just before."""

    tag: int
    hook: str = ""


@dataclass(frozen=True)
class Finding:
    """`kind`: missing (should hang there and does not), extra (hangs there, but is out or was
    never put in), wrong_hook, stale (its car has left). `hook`: where it belongs; `found_on`:
    where it hung, if that is known."""

    kind: str
    tag: int
    hook: str = ""
    found_on: str = ""


def paired(codes: Sequence[tuple[str, str]]) -> list[Scanned]:
    """The scans in their order as tags with hooks. `codes`: ("hook", label) or ("tag", number); a
    hook's code counts for the tag that comes right after it. A tag scanned again counts once, with
    the hook that was scanned last."""
    found: dict[int, Scanned] = {}
    hook = ""
    for kind, value in codes:
        if kind == "hook":
            hook = value
            continue
        number = int(value)
        earlier = found.get(number)
        found[number] = Scanned(number, hook or (earlier.hook if earlier else ""))
        hook = ""
    return list(found.values())


def findings(expected: Iterable[Expected], scanned: Iterable[Scanned]) -> list[Finding]:
    """What does not fit, by kind and tag. Free tags and keys that are out and were not scanned are
    as they should be."""
    hung = {one.tag: one for one in scanned}
    found = []
    for key in expected:
        scan = hung.get(key.tag)
        if scan is None:
            if key.state == "in":
                found.append(Finding("missing", key.tag, key.hook))
        elif key.state == "not_expected":
            found.append(Finding("stale", key.tag, key.hook, scan.hook))
        elif key.state != "in":
            found.append(Finding("extra", key.tag, key.hook, scan.hook))
        elif scan.hook and scan.hook != key.hook:
            found.append(Finding("wrong_hook", key.tag, key.hook, scan.hook))
    return sorted(found, key=lambda one: (FINDINGS.index(one.kind), one.tag))
