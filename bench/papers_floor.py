"""The papers of the floor: the same kind of label and sheet, set with ReportLab."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import qrcode
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Image as Picture
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

PAPER_PX = 1000
"""About what the app's own sheet keeps of a photo."""
PHOTO_WIDTH = 80 * mm


def label_pdf(address: str, number: str) -> bytes:
    """One label of 62 x 29 mm: the code as rectangles, and the number."""
    page = BytesIO()
    canvas = Canvas(page, pagesize=(62 * mm, 29 * mm))
    code = qrcode.QRCode(border=4)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    side = 27 * mm / len(matrix)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                canvas.rect(mm + x * side, 28 * mm - (y + 1) * side, side, side, stroke=0, fill=1)
    canvas.setFont("Helvetica-Bold", 40)
    canvas.drawString(32 * mm, 10 * mm, number)
    canvas.save()
    return page.getvalue()


def sheet_pdf(photos: Sequence[BytesIO]) -> bytes:
    """A check-in sheet in three parts: head and order, lists and marks, photos."""
    page = BytesIO()
    styles = getSampleStyleSheet()
    body: list[Any] = [Paragraph("Check-in sheet R2611-0012", styles["Title"])]
    facts = [[f"Fact {n}", "12A 3456", f"Fact {n + 1}", "2026-11-23 18:05"] for n in range(8)]
    body += [Table(facts), Spacer(1, 5 * mm)]
    for title, rows in (("Order", 6), ("Condition", 10), ("Papers", 6), ("Belongings", 10),
                        ("Readings and key", 6), ("Signatures", 4)):  # fmt: skip
        body.append(Paragraph(title, styles["Heading2"]))
        body.append(Table([[str(n), "Scratch, front bumper, moderate", "up to 2.5 cm", "agree"]
                           for n in range(rows)]))  # fmt: skip
        body.append(Paragraph("The customer's own words, as they were said. " * 4,
                              styles["BodyText"]))  # fmt: skip
    pictures = [_for_paper(photo) for photo in photos]
    body += [Table([pictures[place : place + 2]]) for place in range(0, len(pictures), 2)]
    SimpleDocTemplate(page, pagesize=A4).build(body, onFirstPage=_foot, onLaterPages=_foot)
    return page.getvalue()


def _for_paper(photo: BytesIO) -> Picture:
    """The photo at the size of the paper: a whole screen photo would make a PDF of megabytes."""
    small = BytesIO()
    with Image.open(photo) as picture:
        picture.draft("RGB", (PAPER_PX, PAPER_PX * picture.height // picture.width))
        picture.save(small, "JPEG", quality=85)
    small.seek(0)
    width, height = ImageReader(small).getSize()
    return Picture(small, width=PHOTO_WIDTH, height=PHOTO_WIDTH * height / width)


def _foot(canvas: Canvas, document: Any) -> None:
    canvas.drawString(20 * mm, 10 * mm, f"page {document.page}")
