"""Small real documents in every format, made with the libraries people make them with."""

import base64
import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import docx
import pptx
import xlsxwriter  # type: ignore[import-untyped]

# Written once with xlwt: nobody should need a library for a format that is no longer made.
_XLS = (
    "c-rk)O=uHA6#m{OX?{r3O-+SXD4}B2+KYP7OS`S0#e=0)LD7OHHV0`)CFr3FTCF(>f+xjGr669aUi?81dJzvoMGt}?Bz"
    "p9spwL5`_07wyq}oFRTB^*q%r|e}d$aSh^JXTquV)jbsr#*E{DL0%P;tX(sL>IZuy<pF?XIgtuMTl>4gM*FLp+cT0X&J"
    "l3aT+w<6VY@d;aIlz(+2_IE8_+d^WX$*d;NfNyX63Ot{IKI9epCCgBspYlQEL=TqTc(OePkX5SJW!K^dTxl?EHVXIwia"
    "j54$ls4~0vlY#Fsj~RORjT?1&{sH_&aF;En?H(a@VND7^Vvc=S3;5pa2ns;6!6WPsn1eIzp{D)>*p5hgG=bIS$<#w?r}"
    "-*BBFTVQx=PE9o><c$9k|`3fp4`zl?LW_uTFCKG3!^xuLlOoDO{vwJOUjwinIfm}Ga9c?69jCnU#hUZ>~pe0{SoGw2)>"
    "&4jGn)%AUY3JESQsutWhE*9%2cM5M2z9dgwCvvNBk~5R*j=^Rv?3omw%VO=|ezptVIvZ=`O)M8b4?SutesVUmJkwu3o1"
    "A&)Orf3kn-OlWu1R!J7u~q7@YwNc(rdv7;g;Xlg^*?I*j>GeHDUn~5fj4IJN0%*`_mHsB>tB6C-GNf)nhf`fxMpHnw>H"
    "N0|NsC0|NsC1B2BF(*Nsy`k)cer-z{auCu_UVm_1nx7d#{zE1PObT{%`7cgE|{;WlSyl2re+j!p#6%KLl1&ksiag5fTz"
    "kK?m+TXM6hW4MELiP4vsVC0A-2V^IoWdv"
)


def xls_bytes() -> bytes:
    return zlib.decompress(base64.b85decode(_XLS))


def docx_bytes() -> bytes:
    document = docx.Document()
    document.core_properties.title = ""
    document.sections[0].header.paragraphs[0].text = "机密页眉"
    document.add_heading("大客户经营手册", level=0)
    document.add_heading("第一章 关系", level=1)
    document.add_paragraph("先识别决策者，再安排拜访。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("角色", "任务", "教练", "引荐"), strict=True):
        cell.text = text
    document.add_heading("Renewal", level=2)
    document.add_paragraph("Start 90 days before the contract ends.")
    return _saved(document)


def pptx_bytes() -> bytes:
    presentation = pptx.Presentation()
    for title, body, notes in (
        ("账户计划", "目标：三百万\n风险：换人", "先讲目标"),
        ("Next steps", "Call", ""),
    ):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = body
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    slide = presentation.slides[1]
    table = slide.shapes.add_table(1, 2, 0, 0, 100, 100).table
    table.cell(0, 0).text, table.cell(0, 1).text = "负责人", "张三"
    presentation.core_properties.title = ""
    return _saved(presentation)


def xlsx_bytes(sheets: Mapping[str, Sequence[Sequence[object]]] | None = None) -> bytes:
    usual = {"客户": [["名称", "金额"], ["甲公司", 3.5], ["乙公司", None]]}
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        for name, rows in (sheets or usual).items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return packed.getvalue()


def workbook_with_formula_and_hidden_sheet() -> bytes:
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as workbook:
        shown, hidden = workbook.add_worksheet("Shown"), workbook.add_worksheet("Hidden")
        shown.write_row(0, 0, ["a", "b"])
        shown.write_row(1, 0, [2])
        shown.write_formula(1, 1, "=A2*20", None, 40)
        hidden.write_row(0, 0, ["secret"])
        hidden.hide()
    return packed.getvalue()


def ods_bytes() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in row)
        + "</table:table-row>"
        for row in (("名称", "等级"), ("甲公司", "A"))
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="客户">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zip_bytes({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def zip_bytes(members: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def replaced(archive: bytes, name: str, content: str | bytes) -> bytes:
    """The archive with one member's content changed or added."""
    with zipfile.ZipFile(io.BytesIO(archive)) as before:
        members = {entry: before.read(entry) for entry in before.namelist()}
    return zip_bytes({**members, name: content})


def ole_bytes(stream: str) -> bytes:
    """The head of an old Office container whose directory names `stream`."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


def eml_bytes(
    text: str = "王总：\n附件是计划。\n",
    attachments: Mapping[str, bytes | EmailMessage] | None = None,
) -> bytes:
    return message(text, attachments).as_bytes()


def message(
    text: str,
    attachments: Mapping[str, bytes | EmailMessage] | None = None,
    charset: str = "gb2312",
) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = "续约安排"
    mail["From"] = "张三 <zhang@example.com>"
    mail["Date"] = "Mon, 3 Nov 2025 10:00:00 +0800"
    mail.set_content(text, charset=charset)
    for name, content in (attachments or {}).items():
        if isinstance(content, EmailMessage):
            mail.add_attachment(content, filename=name)
        else:
            mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail


def html_bytes(charset: str = "utf-8") -> bytes:
    return f"""<!doctype html>
<html><head><meta charset="{charset}"><title>客户成功 | 案例</title>
<style>p {{ color: red }}</style>
</head><body><header>网站抬头</header><nav><a href="/">导航</a></nav>
<article><header><h1>续约案例</h1></header>
<p>客户在三月提出
异议，<a href="https://example.com/x">详见</a>。<br>第二行</p>
<h2>Result</h2><ul><li>one</li><li><p>二</p></li></ul>
<table><tr><th>季度</th><th>金额</th></tr><tr><td>Q1</td><td>30 万</td></tr></table>
<pre>a
  b</pre><p hidden>看不见</p><p style="display: none">也看不见</p></article>
<form><input value="x">搜索</form><script>alert("脚本")</script><template>模板</template>
<aside>广告</aside><footer>版权</footer></body></html>""".encode(charset)


def _saved(document: object) -> bytes:
    packed = io.BytesIO()
    document.save(packed)  # type: ignore[attr-defined]
    return packed.getvalue()
