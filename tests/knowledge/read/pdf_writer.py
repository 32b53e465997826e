"""PDF files written by hand, so that no test needs a library for it."""

from collections.abc import Mapping, Sequence


def pdf_bytes(pages: Sequence[str], title: str = "", trailer: str = "") -> bytes:
    """One page for each string; every line of it is drawn on a line of its own."""
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [4 0 R] >>",
        4: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
        b" << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 5 0 R >>",
        5: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 0 1000 1000]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
        6: b"<< /Title <" + title.encode("utf-16").hex().encode() + b"> >>",
    }
    for n, page in enumerate(pages):
        drawn = "".join(
            f"BT /F1 12 Tf 50 {780 - 20 * row} Td <{line.encode('utf-16-be').hex()}> Tj ET\n"
            for row, line in enumerate(page.splitlines())
        )
        objects[10 + 2 * n] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R"
            f" >> >> /Contents {11 + 2 * n} 0 R >>"
        ).encode()
        objects[11 + 2 * n] = f"<< /Length {len(drawn)} >> stream\n{drawn}endstream".encode()
    return _pdf(objects, "/Root 1 0 R /Info 6 0 R " + trailer)


def encrypted_pdf_bytes() -> bytes:
    """Asks for a password: no user key in it fits the empty one."""
    key = "<" + "41" * 32 + ">"
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -4 >> /ID [<00> <00>]"
    return pdf_bytes(["secret"], trailer=lock)


def _pdf(objects: Mapping[int, bytes], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        entry = b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        out += entry
    out += f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)
