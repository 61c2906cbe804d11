"""Brings the colours of any accepted picture to plain sRGB, so that it looks right everywhere."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageCms

WHITE = (255, 255, 255)

SRGB_CHROMATICITIES = ((0.648, 0.331), (0.321, 0.598), (0.156, 0.066))
"""Red, green and blue of sRGB as profiles write them (adapted to D50), as x and y."""

PROFILE_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK"}
"""The colour space that a profile must speak of to fit a picture of this mode."""


def plain(image: Image.Image) -> Image.Image:
    """A decoded picture as L, RGB or CMYK: 16 bits scaled to 8, transparency laid on white."""
    if image.mode.startswith("I"):
        # convert("L") would clip: everything brighter than 1/256 would be white.
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, WHITE)
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    if image.mode in PROFILE_SPACES:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """A picture of mode L, RGB or CMYK as sRGB; `profile` is its embedded ICC profile, if any.

    A damaged profile, or one of another colour space, is ignored.
    """
    transform = _transform(profile, image.mode) if isinstance(profile, bytes) and profile else None
    if transform is None:
        return image if image.mode == "RGB" else image.convert("RGB")
    converted = transform.apply(image)
    converted.info.pop("icc_profile", None)
    return converted


@lru_cache(maxsize=16)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The way from an embedded profile to sRGB, or None where none is needed or possible."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if source.profile.xcolor_space.strip() != PROFILE_SPACES[mode] or _is_srgb(source):
            return None
        return ImageCms.ImageCmsTransform(
            source,
            ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")),
            mode,
            "RGB",
            ImageCms.Intent.PERCEPTUAL,
            # Without its one-pixel cache a transform may be used by several threads.
            flags=ImageCms.Flags.NOCACHE,
        )
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return None


def _is_srgb(source: ImageCms.ImageCmsProfile) -> bool:
    """Whether a profile is sRGB by its name and its primaries, and so costs no conversion."""
    name = (source.profile.profile_description or "").lower()
    primaries = (
        source.profile.red_colorant,
        source.profile.green_colorant,
        source.profile.blue_colorant,
    )
    if "srgb" not in name or "linear" in name or None in primaries:
        return False
    return all(
        abs(found[1][0] - x) < 0.01 and abs(found[1][1] - y) < 0.01
        for found, (x, y) in zip(primaries, SRGB_CHROMATICITIES, strict=True)
        if found is not None
    )
