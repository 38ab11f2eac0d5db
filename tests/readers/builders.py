"""A newsletter's Markdown-like text as the files that editors have.

Each builder takes the text and gives the bytes of a file; what it makes of a
blank line, a bullet, a link and an emphasis is what the programs make of it.
"""

from __future__ import annotations

import html
import io
import re
from email.message import EmailMessage

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]*)\)")
HAN = re.compile("[\u2014\u3000-\u9fff\uff00-\uffef]+")
ITALICS = re.compile(r"\*([^*\n]+)\*")
CHINESE = "STSong-Light"


def blocks(text: str) -> list[list[str]]:
    """The paragraphs of `text`, each as its lines."""
    return [part.splitlines() for part in re.split(r"\n\s*\n", text.strip())]


def as_html(text: str, *, links: bool = True, lists: bool = True) -> bytes:
    """A web page: paragraphs, lists for bullets, links also where their address is lost."""
    out = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>Issue</title>"]
    out.append("<style>p {margin: 1em 0}</style></head><body>")
    for lines in blocks(text):
        if lists and all(line.startswith("- ") for line in lines):
            items = "".join(f"<li>{inline(line[2:], links=links)}</li>\n" for line in lines)
            out.append(f"<ul>\n{items}</ul>")
        else:
            out.append("<p>" + "<br>\n".join(inline(line, links=links) for line in lines) + "</p>")
    return "\n".join([*out, "</body></html>"]).encode()


def inline(line: str, *, links: bool = True) -> str:
    """A line with its links and italics as HTML."""
    marked = ITALICS.sub(r"<em>\1</em>", html.escape(line, quote=False))
    return LINK.sub(r'<a href="\2">\1</a>', marked) if links else marked


def as_eml(text: str) -> bytes:
    """An e-mail with the text both plain and as HTML."""
    message = EmailMessage()
    message["From"] = "desk@example.org"
    message["To"] = "editor@example.org"
    message["Subject"] = "The issue"
    message["Date"] = "Wed, 08 May 2024 10:00:00 +0200"
    message.set_content(text)
    message.add_alternative(as_html(text).decode(), subtype="html")
    return message.as_bytes()


def as_docx(text: str) -> bytes:
    """A Word document with real lists and hyperlinks, a header and a footer."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Running header"
    for lines in blocks(text):
        if all(line.startswith("- ") for line in lines):
            for line in lines:
                _fill(document.add_paragraph(style="List Bullet"), line[2:])
            continue
        for line in lines:
            _fill(document.add_paragraph(), line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(paragraph, line: str) -> None:
    place = 0
    for match in LINK.finditer(line):
        _italics(paragraph, line[place : match.start()])
        _hyperlink(paragraph, match[1], match[2])
        place = match.end()
    _italics(paragraph, line[place:])


def _italics(paragraph, words: str) -> None:
    for index, part in enumerate(ITALICS.split(words)):
        if part:
            paragraph.add_run(part).italic = bool(index % 2)


def _hyperlink(paragraph, label: str, url: str) -> None:
    place = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), place)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = label
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    link.append(run)
    paragraph._p.append(link)


def as_pdf(
    text: str,
    *,
    size: tuple[float, float] = A4,
    font: str = "Helvetica",
    gap: float = 8,
    header: str = "The running header",
    columns: int = 1,
) -> bytes:
    """A PDF with a running header, page numbers, bullets, and links for web addresses.

    `size` is the page's in points, `gap` the space after a paragraph, `columns` how many
    columns a page has.
    """
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    style = ParagraphStyle("body", fontName=font, fontSize=10, leading=13, spaceAfter=gap)
    item = ParagraphStyle("item", style, leftIndent=16, bulletIndent=4, spaceAfter=gap / 4)
    story = []
    for lines in blocks(text):
        if all(line.startswith("- ") for line in lines):
            story += [Paragraph(_markup(line[2:]), item, bulletText="•") for line in lines]
            item_end = story[-1].style.clone("end", spaceAfter=gap)
            story[-1].style = item_end
        else:
            story.append(Paragraph("<br/>".join(_markup(line) for line in lines), style))
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=size, invariant=1)
    wide, high = size
    each = (wide - 100) / columns
    frames = [Frame(50 + n * (each + 12), 60, each - n * 12, high - 120) for n in range(columns)]
    pages = [0]

    def running(canvas, document) -> None:
        pages[0] = max(pages[0], canvas.getPageNumber())
        canvas.setFont("Helvetica", 8)
        if header:
            canvas.drawString(50, high - 40, header)
        canvas.drawCentredString(wide / 2, 30, f"{canvas.getPageNumber()} / 7")

    document.addPageTemplates(PageTemplate(frames=frames, onPage=running))
    document.build(story)
    return out.getvalue()


def _markup(line: str) -> str:
    marked = ITALICS.sub(r"<i>\1</i>", html.escape(line, quote=False))
    marked = HAN.sub(lambda match: f'<font name="{CHINESE}">{match[0]}</font>', marked)
    return re.sub(r"\[([^\[\]]+)\]\((http[^()\s]*)\)", r'<a href="\2">\1</a>', marked)
