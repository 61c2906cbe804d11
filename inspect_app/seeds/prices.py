"""The demo's price list and labour rates."""

import uuid

from inspect_app.price_list.actions import ItemDraft, save_item, save_rate

RATES = (("Mechanics", 66_000), ("Body and paint", 77_000))
WORK = (
    ("W-OIL", "oil_change", "Engine oil and filter", "엔진오일·필터 교환", "更换机油机滤", 88_000),
    ("W-WIPE", "wipers", "Wiper blades, fitting", "와이퍼 교체 공임", "更换雨刮片", 5_500),
    ("W-ALIGN", "wheel_alignment", "Wheel alignment", "휠 얼라인먼트", "四轮定位", 66_000),
    ("W-INSP", "annual_inspection", "Annual inspection", "정기검사 대행", "年检代办", 55_000),
)
HOURS = (
    ("H-PADF", "Brake pads front, renew", "앞 브레이크 패드 교환", "更换前刹车片", 80),
    ("H-DISCF", "Brake discs front, renew", "앞 브레이크 디스크 교환", "更换前制动盘", 150),
    ("H-ALT", "Alternator, renew", "발전기 교환", "更换发电机", 180),
)
PARTS = (
    ("P-PADF", "Brake pads front, set", "앞 브레이크 패드 세트", "前刹车片组", 74_800, "Mobis",
     "58101-L1A00", True),
    ("P-OILF", "Oil filter", "오일 필터", "机油滤清器", 9_900, "Mobis", "26300-35505", False),
    ("P-WIPE", "Wiper blade 650 mm", "와이퍼 블레이드 650 mm", "雨刮片 650 mm", 13_200, "Bosch",
     "AP26U", False),
    ("P-ALT", "Alternator 130 A", "발전기 130 A", "发电机 130 A", 385_000, "Mobis", "37300-2G750",
     False),
)  # fmt: skip


def seed_prices() -> None:
    """What a shop of this kind has in its list; prices include tax."""
    for name, amount in RATES:
        save_rate(uuid.uuid4(), name, amount)
    for code, usual, en, ko, zh, amount in WORK:
        save_item(
            ItemDraft(uuid.uuid4(), "work", code, en, {"ko": ko, "zh": zh}, usual,
                      price_amount=amount)
        )  # fmt: skip
    for code, en, ko, zh, hours in HOURS:
        names = {"ko": ko, "zh": zh}
        save_item(ItemDraft(uuid.uuid4(), "work", code, en, names, hours_hundredths=hours))
    for code, en, ko, zh, amount, brand, number, is_key in PARTS:
        save_item(
            ItemDraft(uuid.uuid4(), "part", code, en, {"ko": ko, "zh": zh}, price_amount=amount,
                      number=number, brand=brand, grade="genuine_new", is_key_position=is_key)
        )  # fmt: skip
