"""Plates of any script and chassis numbers, made comparable and drawn as what they are."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MAX_PLATE_CHARS: Final = 16
"""Letters and digits of a plate; the longest real ones (Korean with region) have nine."""
MAX_TYPED_CHARS: Final = 24
"""A plate as typed, with its spaces and dashes; also the width of the column."""

VIN_LENGTH: Final = 17

_KR_REGIONS: Final = (
    "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
)
_KR_HIRE: Final = frozenset("아바사자배")
_KR: Final = re.compile(r"(\d{2,3}[가-힣])(\d{4})", re.ASCII)
_KR_REGION: Final = re.compile(rf"((?:{_KR_REGIONS})\d{{1,3}})([가-힣]\d{{4}})", re.ASCII)

_CN_PROVINCES: Final = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_CN_REST: Final = "A-HJ-NP-Z0-9"
_CN_HEAD: Final = rf"([{_CN_PROVINCES}][A-Z])"
_CN_BLUE: Final = re.compile(rf"{_CN_HEAD}([{_CN_REST}]{{5}})")
# New-energy plates have six: small cars begin, large ones end with one of these letters.
_CN_GREEN: Final = re.compile(rf"{_CN_HEAD}([A-HJK][{_CN_REST}]\d{{4}}|\d{{5}}[A-HJK])", re.ASCII)
_CN_YELLOW: Final = re.compile(rf"{_CN_HEAD}([{_CN_REST}]{{4}}[挂学])")

_ELECTRIC: Final = frozenset({"ev", "hydrogen"})


@dataclass(frozen=True, slots=True)
class PlateFace:
    """How a plate is drawn: a style and the text in one or two parts.

    Styles: `kr` white, `kr_ev` blue, `kr_hire` yellow, `cn_blue`, `cn_green` (new energy),
    `cn_yellow` (trailer, driving school), `plain` for every other country.
    """

    style: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The plate in one line, as people of its country write it."""
        return ("·" if self.style.startswith("cn_") else " ").join(self.parts)


@dataclass(frozen=True, slots=True)
class PlateReading:
    """A typed plate: as shown, as compared, and the codes of what is wrong (none: it is good)."""

    shown: str
    key: str
    problems: tuple[str, ...]


def normalise_plate(text: str) -> str:
    """The key that finds a plate again: letters and digits only, upper case, any script kept.

    Full-width and composed forms become one (NFKC); spaces, dashes, dots and other signs go.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
    return unicodedata.normalize(
        "NFKC", "".join(char for char in folded if unicodedata.category(char)[0] in "LNM")
    )


def shown_plate(text: str) -> str:
    """A typed plate tidied for people: one space between words, upper case, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text).upper()
    visible = "".join(char for char in folded if unicodedata.category(char) != "Cf")
    return " ".join(visible.split())


def read_plate(text: str) -> PlateReading:
    """A typed plate with its key and what is wrong: empty, too long, unprintable, only signs."""
    typed = text.strip()
    shown, key = shown_plate(typed), normalise_plate(typed)
    problems = []
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in typed):
        problems.append("PLATE_HAS_CONTROL_CHARACTERS")
    if not shown:
        problems.append("PLATE_EMPTY")
    elif not any(unicodedata.category(char)[0] in "LN" for char in key):
        problems.append("PLATE_ONLY_SIGNS")
    if len(key) > MAX_PLATE_CHARS or len(shown) > MAX_TYPED_CHARS:
        problems.append("PLATE_TOO_LONG")
    return PlateReading(shown, key, tuple(problems))


def plate_face(text: str, powertrain: str = "") -> PlateFace:
    """How to draw a plate. Korea's electric plates differ by colour only, hence `powertrain`."""
    key = normalise_plate(text)
    if found := _KR_REGION.fullmatch(key) or _KR.fullmatch(key):
        if key[-5] in _KR_HIRE:
            return PlateFace("kr_hire", found.groups())
        return PlateFace("kr_ev" if powertrain in _ELECTRIC else "kr", found.groups())
    for style, pattern in (
        ("cn_yellow", _CN_YELLOW),
        ("cn_blue", _CN_BLUE),
        ("cn_green", _CN_GREEN),
    ):
        if found := pattern.fullmatch(key):
            return PlateFace(style, found.groups())
    return PlateFace("plain", (shown_plate(text),))


def plate_style(text: str, powertrain: str = "") -> str:
    """The style alone; see `PlateFace`."""
    return plate_face(text, powertrain).style


@dataclass(frozen=True, slots=True)
class VinProblem:
    """One thing about a VIN. An `error` is not kept; a `warning` is shown and kept anyway."""

    code: str
    level: str
    suggestion: str = ""


_VIN_CHARS: Final = frozenset("ABCDEFGHJKLMNPRSTUVWXYZ0123456789")
_LOOKALIKES: Final = str.maketrans({"I": "1", "O": "0", "Q": "0"})
_VALUES: Final = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_POSITION: Final = 8


def normalise_vin(text: str) -> str:
    """A VIN as it is compared: upper case, half-width, without blanks, dashes or a final tab."""
    folded = unicodedata.normalize("NFKC", text.strip()).upper()
    return "".join(
        char for char in folded if char != " " and unicodedata.category(char) not in {"Pd", "Cf"}
    )


def check_digit(vin: str) -> str:
    """The check digit that a VIN of 17 allowed characters should have (ISO 3779, 49 CFR 565)."""
    total = sum(_VALUES[char] * weight for char, weight in zip(vin, _WEIGHTS, strict=True))
    remainder = total % 11
    return "X" if remainder == 10 else str(remainder)


def vin_problems(vin: str) -> list[VinProblem]:
    """What is wrong with a VIN, none if nothing.

    The check digit is obligatory in North America only: it warns and never blocks. I, O and Q
    are never part of a VIN, so the figure they look like is suggested.
    """
    vin = normalise_vin(vin)
    problems = []
    if len(vin) != VIN_LENGTH:
        problems.append(VinProblem("VIN_LENGTH", "error"))
    if not _VIN_CHARS.issuperset(vin):
        likely = vin.translate(_LOOKALIKES)
        mended = likely if _VIN_CHARS.issuperset(likely) and len(vin) == VIN_LENGTH else ""
        problems.append(VinProblem("VIN_CHARACTERS", "error", mended))
    if not problems and vin[_CHECK_POSITION] != check_digit(vin):
        problems.append(VinProblem("VIN_CHECK_DIGIT", "warning"))
    return problems


def is_vin_kept(vin: str) -> bool:
    """Whether a VIN may be kept: no errors, warnings or not."""
    return all(problem.level != "error" for problem in vin_problems(vin))


# The first characters name the maker; written down from general knowledge, only to fill in a
# field that the receptionist sees and may change.
_MAKERS: Final = {
    **dict.fromkeys(("KMH", "KMF", "KMJ", "KM8", "5NP", "5NM", "NLH", "TMA", "MAL"), "Hyundai"),
    **dict.fromkeys(("KMT",), "Genesis"),
    **dict.fromkeys(("KNA", "KND", "KNC", "KNE", "5XY", "5XX", "U5Y"), "Kia"),
    **dict.fromkeys(("KNM",), "Renault Korea"),
    **dict.fromkeys(("KL1", "KL7", "KL8", "KLA", "KLY", "1G1", "1GC", "1GN"), "Chevrolet"),
    **dict.fromkeys(("KPT", "KPA", "KPB"), "KG Mobility"),
    **dict.fromkeys(("WBA", "WBS", "WBX", "WBY", "5UX", "5UM", "5YM", "LBV"), "BMW"),
    **dict.fromkeys(("WMW",), "Mini"),
    **dict.fromkeys(
        ("WDB", "WDC", "WDD", "WDF", "W1K", "W1N", "W1V", "4JG", "LE4"), "Mercedes-Benz"
    ),
    **dict.fromkeys(("WAU", "WA1", "WUA", "TRU", "LFV"), "Audi"),
    **dict.fromkeys(("WVW", "WVG", "WV1", "WV2", "1VW", "3VW", "LSV"), "Volkswagen"),
    **dict.fromkeys(("WP0", "WP1"), "Porsche"),
    **dict.fromkeys(("YV1", "YV4", "LYV"), "Volvo"),
    **dict.fromkeys(("5YJ", "7SA", "LRW", "XP7"), "Tesla"),
    **dict.fromkeys(("JHM", "1HG", "2HG", "5FN", "SHH"), "Honda"),
    **dict.fromkeys(("19U", "2HN", "5J8", "5FR", "19V"), "Acura"),
    **dict.fromkeys(("JTH", "JTJ", "58A", "2T2"), "Lexus"),
    **dict.fromkeys(("JTD", "JTE", "JTM", "JTN", "4T1", "5TD", "2T1", "SB1"), "Toyota"),
    **dict.fromkeys(("JN1", "JN8", "1N4", "5N1", "SJN"), "Nissan"),
    **dict.fromkeys(("JM1", "JM3", "JMZ"), "Mazda"),
    **dict.fromkeys(("JF1", "JF2", "4S3", "4S4"), "Subaru"),
    **dict.fromkeys(("JA3", "JA4", "JMB"), "Mitsubishi"),
    **dict.fromkeys(("JS2", "JSA", "TSM"), "Suzuki"),
    **dict.fromkeys(("1FA", "1FM", "1FT", "2FM", "2FT", "WF0"), "Ford"),
    **dict.fromkeys(("1LN", "3LN", "5LM"), "Lincoln"),
    **dict.fromkeys(("1C4", "1J4", "1J8"), "Jeep"),
    **dict.fromkeys(("1G6", "1GY"), "Cadillac"),
    **dict.fromkeys(("SAL",), "Land Rover"),
    **dict.fromkeys(("SAJ",), "Jaguar"),
    **dict.fromkeys(("VF1",), "Renault"),
    **dict.fromkeys(("VF3",), "Peugeot"),
    **dict.fromkeys(("VF7",), "Citroën"),
    **dict.fromkeys(("ZFA", "3C3"), "Fiat"),
    **dict.fromkeys(("ZFF",), "Ferrari"),
    **dict.fromkeys(("ZAM",), "Maserati"),
    **dict.fromkeys(("SCB",), "Bentley"),
    **dict.fromkeys(("SCA",), "Rolls-Royce"),
    **dict.fromkeys(("LGX", "LC0"), "BYD"),
    **dict.fromkeys(("LB3", "L6T"), "Geely"),
    **dict.fromkeys(("LSJ",), "MG"),
    **dict.fromkeys(("LGW",), "Great Wall"),
    **dict.fromkeys(("LVV",), "Chery"),
    **dict.fromkeys(("LS5",), "Changan"),
    **dict.fromkeys(("LJ1",), "NIO"),
    **dict.fromkeys(("L1N",), "XPeng"),
    **dict.fromkeys(("LW4",), "Li Auto"),
}


def maker_of(vin: str) -> str:
    """The likely maker of a VIN, or `""`: a guess to fill in, never a fact."""
    return _MAKERS.get(normalise_vin(vin)[:3], "")
