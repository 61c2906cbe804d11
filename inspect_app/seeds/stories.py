"""The demo's cars and what happened to them; times are counted back from the moment of seeding.

Names, plates and phones are invented; the phones are of ranges that nobody is given.
"""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class Car:
    """A car and its owner, as they are asked at arrival."""

    plate: str
    make: str
    model: str
    body_type: str
    powertrain: str
    paint: str
    colour: str
    owner: str
    phone: str
    locale: str
    organisation: str = ""
    bringer: str = ""
    relation: str = "owner"


@dataclass(frozen=True)
class Stain:
    """A mark: zone, damage type, size class, the customer's view, and whether it has a photo."""

    zone: str
    damage_type: str
    size_class: int
    view: str = "agree"
    severity: str = "minor"
    remark: str = ""
    has_photo: bool = False


@dataclass(frozen=True)
class Story:
    """One visit. `ago`: since the arrival. `reach`: arrived, walking, signed, told, in_workshop,
    preparing, ready, settled or closed."""

    car: Car
    ago: timedelta
    reach: str
    words: str
    lines: tuple[tuple[str, int | None], ...]
    odometer: int
    promised_in: timedelta = timedelta(hours=7)
    bay: str = "Bay 1"
    marks: tuple[Stain, ...] = ()
    angles: tuple[str, ...] = ("front_left", "rear_right")
    things: tuple[tuple[str, int, str], ...] = ()
    indicator: str = ""
    missing_paper: str = ""
    fuel_eighths: int | None = 4
    charge_percent: int | None = None
    keys: tuple[int, int] = (1, 1)
    purpose: str = "repair"
    category: str = "maintenance"
    late_photo: bool = False
    wishes: dict[str, bool] = field(default_factory=dict)


SONATA = Car(
    "12가 3456", "Hyundai", "Sonata", "saloon", "petrol", "#7c2230", "Burgundy", "김소라",
    "010-0000-1234", "ko",
)  # fmt: skip
MODEL_Y = Car(
    "沪A·D12345", "Tesla", "Model Y", "suv", "ev", "#eef0ee", "White", "王芳", "010-0000-2345", "zh"
)
TRANSIT = Car(
    "AB12 CDE", "Ford", "Transit", "van", "diesel", "#2f5180", "Blue", "James Miller",
    "010-0000-3456", "en", organisation="Miller Deliveries", bringer="Tom Reed", relation="driver",
)  # fmt: skip
SANTA_FE = Car(
    "123가 4568", "Hyundai", "Santa Fe", "suv", "hybrid", "#3c4a44", "Forest green", "박도현",
    "010-0000-4567", "ko",
)  # fmt: skip
CARNIVAL = Car(
    "345나 7788", "Kia", "Carnival", "van", "hybrid", "#b9bdc2", "Silver", "이지은",
    "010-0000-5678", "ko", bringer="이준호", relation="family",
)  # fmt: skip
HILUX = Car(
    "京N·8P2K6", "Toyota", "Hilux", "pickup", "diesel", "#5b6066", "Grey", "陈伟",
    "010-0000-6789", "zh",
)  # fmt: skip
IONIQ = Car(
    "34다 7890", "Hyundai", "Ioniq 5", "estate", "ev", "#5a7f9c", "Lucid blue", "최유리",
    "010-0000-7890", "ko",
)  # fmt: skip
CIVIC = Car(
    "56라 2301", "Honda", "Civic", "estate", "petrol", "#b5342c", "Red", "Emma Clark",
    "010-0000-8901", "en",
)  # fmt: skip
K5 = Car(
    "78마 4455", "Kia", "K5", "saloon", "hybrid", "#33465a", "Deep blue", "Daniel Price",
    "010-0000-9012", "en",
)  # fmt: skip
GRANDEUR = Car(
    "91머 6120", "Hyundai", "Grandeur", "saloon", "petrol", "#1f2328", "Black", "정하늘",
    "010-0000-2468", "ko",
)  # fmt: skip
GOLF = Car(
    "27소 8841", "Volkswagen", "Golf", "estate", "diesel", "#e8e8e2", "White", "Laura Stone",
    "010-0000-1357", "en",
)  # fmt: skip

STORIES: tuple[Story, ...] = (
    Story(
        SONATA, timedelta(days=74), "closed", "에어컨에서 이상한 냄새가 납니다.",
        (("에어컨 필터 교환", 45_000), ("에바포레이터 세척", 80_000)), 46_870,
        marks=(
            Stain("front_bumper", "scratch", 2, has_photo=True),
            Stain("door_rear_left", "dent", 1, remark="주차장에서 생긴 자국"),
        ),
        things=(("umbrella", 1, "in_car"), ("sunglasses", 1, "in_box")), fuel_eighths=5,
        wishes={"wash": True},
    ),
    Story(
        MODEL_Y, timedelta(days=33), "closed", "右前轮处有异响。",
        (("检查右前悬架", None),), 21_350,
        marks=(Stain("wheel_front_right", "kerb_rash", 3, has_photo=True),),
        things=(("charging_cable", 1, "in_car"),), fuel_eighths=None, charge_percent=64,
        wishes={"old_parts_back": True},
    ),
    Story(
        TRANSIT, timedelta(days=12), "closed", "Service is due, and the rear door rattles.",
        (("Oil and filter", 138_000), ("Rear door, adjust", 40_000)), 118_204, bay="Bay 2",
        marks=(
            Stain("rear_bumper", "scuff", 4, has_photo=True),
            Stain("quarter_panel_left", "dent", 3, "unsure"),
        ),
        angles=("front", "rear", "plate"), missing_paper="compulsory_insurance", fuel_eighths=3,
    ),
    Story(
        K5, timedelta(hours=7, minutes=30), "settled", "It pulls to the left; service is due.",
        (("Wheel alignment", 60_000), ("Oil and filter", 98_000)), 41_506, bay="Bay 2",
        marks=(
            Stain("front_bumper", "stone_chip", 1, has_photo=True),
            Stain("door_rear_right", "scratch", 2),
        ),
        angles=("front_left", "front", "front_right", "right", "rear_right", "rear", "rear_left",
                "left"),
        things=(("umbrella", 1, "in_car"), ("sunglasses", 1, "in_box")), fuel_eighths=5,
    ),
    Story(
        GRANDEUR, timedelta(hours=7, minutes=10), "ready", "브레이크에서 소리가 납니다.",
        (("앞 브레이크 패드 교환", 145_000), ("브레이크액 교환", 55_000)), 72_318, bay="Bay 1",
        marks=(Stain("door_front_left", "scratch", 2),), angles=("front", "rear"),
        things=(("umbrella", 1, "in_car"),), fuel_eighths=5,
    ),
    Story(
        GOLF, timedelta(hours=6, minutes=50), "preparing", "The wipers smear; service is due.",
        (("Oil and filter", 112_000), ("Wiper blades", 38_000)), 54_870, bay="Bay 3",
        marks=(Stain("bonnet", "stone_chip", 1),), angles=("front_left", "rear"),
        things=(("umbrella", 1, "in_car"), ("tool_kit", 1, "in_car")), fuel_eighths=3,
    ),
    Story(
        CARNIVAL, timedelta(hours=6, minutes=20), "in_workshop",
        "타이어 교체와 얼라인먼트를 부탁합니다.",
        (("타이어 4개 교환", 720_000), ("휠 얼라인먼트", 60_000)), 63_991,
        marks=(Stain("door_front_right", "scratch", 3, has_photo=True),),
        angles=("front_right", "right", "rear_left", "plate"), indicator="tyre_pressure",
        things=(("child_seat", 1, "in_car"), ("umbrella", 2, "in_car")), fuel_eighths=6,
        keys=(2, 1), late_photo=True,
    ),
    Story(
        HILUX, timedelta(hours=2, minutes=5), "told", "刹车时方向盘抖动。",
        (("检查前制动盘", 50_000), ("前制动盘及摩擦片更换", None)), 88_412, bay="Bay 2",
        marks=(
            Stain("tailgate", "dent", 3, "agree", "moderate", has_photo=True),
            Stain("door_front_left", "scratch", 2, "disagree"),
            Stain("windscreen", "stone_chip", 1),
        ),
        angles=("front", "left", "rear", "dashboard"), indicator="brake_system",
        things=(("tow_rope", 1, "in_car"), ("tool_kit", 1, "in_car"), ("sunglasses", 1, "in_box")),
        missing_paper="vehicle_registration", fuel_eighths=2,
    ),
    Story(
        SANTA_FE, timedelta(minutes=48), "signed", "시동을 걸 때 소리가 큽니다.",
        (("원인 진단", 30_000),), 35_127, promised_in=timedelta(hours=5), bay="Bay 3",
        marks=(Stain("bonnet", "stone_chip", 1), Stain("sill_right", "scuff", 2)),
        angles=("front_left", "rear", "plate"), things=(("toll_card", 1, "in_car"),),
        wishes={"road_test": True},
    ),
    Story(
        CIVIC, timedelta(minutes=21), "walking", "The air bag light came on yesterday.",
        (("Read the fault memory", 35_000), ("Repair", None)), 52_600,
        marks=(Stain("front_bumper", "scratch", 3, "", has_photo=True),),
        angles=("front_left", "left"), indicator="airbag",
    ),
    Story(
        IONIQ, timedelta(minutes=6), "arrived", "", (), 0, bay="Bay 2", purpose="appointment",
        angles=(),
    ),
)  # fmt: skip
