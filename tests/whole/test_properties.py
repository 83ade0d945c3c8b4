"""What holds for any text in any cell, and for any bytes as a file."""

from __future__ import annotations

import contextlib
import csv
import io
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import pytest
from books import raw_parts, write_book, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from running import EXAMPLES, ROOT

from dtcheck.actuals import read_submissions
from dtcheck.cli.app import main
from dtcheck.formats import FORMATS
from dtcheck.targets import load_targets

HEADS = ["编号", "指标", "实际值", "单位", "期间", "填报单位", "下达目标", "备注"]
SELECTED = "GY01,ZH09,CX16"
# Line breaks of the output itself.
ALLOWED = "\n\r\t"

often = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

# Texts near what is understood find more than arbitrary ones; both are tried.
PIECES = (
    *(
        "GY01",
        "ZH09",
        "CX16",
        "新开工亿元以上项目",
        "合计",
        "填报人：",
        "一、工业",
        "实际值",
        "编号",
    ),
    *(
        "48",
        "1,710",
        "-3.2",
        "1e99",
        "NaN",
        "∞",
        "９",
        "0.065",
        "6070万美元",
        "下降3%",
        "持平",
        "约",
    ),
    *(
        "%",
        "％",
        "亿元",
        "万",
        "个百分点",
        "平方公里",
        "2024-06",
        "2023年",
        "1-6月",
        "二季度",
        "Jun-24",
    ),
    *(
        "—",
        "/",
        "#REF!",
        "=1+1",
        "@x",
        "+",
        "\x1b[31m",
        "\x07",
        "\u202e",
        "\ufeff",
        "\u2028",
        "\x85",
    ),
    *('"', "'", ",", ";", "\t", "\n", "\r\n", "|", "[red]", "::error::", "<b>", "&amp;", "\0", " "),
)
texts = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(PIECES), max_size=5).map("".join),
    st.sampled_from(PIECES),
)
tables = st.lists(st.lists(texts, min_size=1, max_size=len(HEADS) + 1), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def targets():
    return load_targets(ROOT / "targets.yaml")


@pytest.fixture(autouse=True, scope="module")
def loaded_once(targets):
    """Hundreds of runs share one loaded targets file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dtcheck.cli.verify.load_targets", lambda _: targets)
        yield


def run(*args: str | Path) -> tuple[int, str, str]:
    """Run the program in this process; return exit code, standard output and error."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as exit_info,
    ):
        main([str(arg) for arg in args])
    shown = [stream.buffer.getvalue().decode("utf-8") for stream in (out, err)]
    return int(exit_info.value.code or 0), shown[0], shown[1]


def well_behaved(path: Path, *formats: str) -> None:
    """Assert what must hold whatever ``path`` contains."""
    for name in formats:
        # Of 109 targets the table would show each time: findings without a code always stay.
        code, out, err = run(
            "verify", path, "--format", name, "--all", "--color", "never", "--select", SELECTED
        )
        assert code in (0, 1, 2)
        assert "Traceback" not in err
        assert "内部错误" not in err
        controls = {
            mark
            for mark in out
            if unicodedata.category(mark) in ("Cc", "Cf", "Cs") and mark not in ALLOWED
        }
        # A mark that Excel knows UTF-8 by may open a CSV.
        assert controls - ({"\ufeff"} if out.startswith("\ufeff") else set()) == set()


@contextlib.contextmanager
def file_named(name: str):
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder, name)


def write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        csv.writer(file).writerows([HEADS, *rows])


@often
@given(tables)
def test_any_text_in_any_cell(rows):
    with file_named("a.csv") as path:
        write_csv(path, rows)
        well_behaved(path, *FORMATS)


@often
@given(tables)
def test_every_row_is_accounted_for(targets, rows):
    # Without what no encoding has: a file that can't be decoded is one finding as a whole.
    rows = [
        [cell.encode("utf-8", "replace").decode().replace("\0", "") for cell in row] for row in rows
    ]
    with file_named("a.csv") as path:
        write_csv(path, rows)
        submissions = read_submissions([str(path)], targets)
    assert "DT101" not in {finding.rule.id for finding in submissions.findings}
    told = {
        place.row for finding in submissions.findings for place in (finding.place, *finding.more)
    }
    used = {
        actual.place.row for months in submissions.actuals.values() for actual in months.values()
    }
    header = {number for number, row in enumerate(rows, 2) if belongs_to_a_header(row)}
    expected = {number for number, row in enumerate(rows, 2) if any(map(str.strip, row))}
    assert expected - told - used <= header


def belongs_to_a_header(row: list[str]) -> bool:
    """Whether a row only says more of what stands under 实际值 or beside the form, or names columns anew."""
    names_columns = any(each.strip() in ("编号", "实际值") for each in row)
    beside = [cell for at, cell in enumerate(row) if at != 2 and at < len(HEADS)]
    return names_columns or not any(map(str.strip, beside))


@often
@given(tables)
def test_any_text_in_any_cell_of_a_workbook(targets, rows):
    rows = [[ILLEGAL_CHARACTERS_RE.sub("", cell) for cell in row] for row in rows]
    rows = [[cell.encode("utf-8", "replace").decode() for cell in row] for row in rows]
    with file_named("a.xlsx") as path:
        write_book(path, {"表": [HEADS, *rows]})
        well_behaved(path, "table", "json")
        submissions = read_submissions([str(path)], targets)
    assert "DT101" not in {finding.rule.id for finding in submissions.findings}


raw_cells = st.builds(
    lambda kind, style, tag, text: f'<c t="{kind}" s="{style}"><{tag}>{text}</{tag}></c>',
    st.sampled_from(["n", "s", "b", "e", "str", "d", "inlineStr", "x"]),
    st.sampled_from(["0", "1", "2", "3", "99", "-1", "x"]),
    st.sampled_from(["v", "f", "is", "t"]),
    st.one_of(
        st.text("0123456789.-+eE_", max_size=12),
        st.integers().map(str),
        st.floats().map(repr),
        st.text(st.characters(codec="ascii", exclude_characters="<>&", min_codepoint=32)),
    ),
)


@often
@given(st.lists(st.lists(raw_cells, max_size=8), max_size=4), st.text(max_size=12))
def test_any_number_in_any_format(cells, code):
    safe = "".join(mark for mark in code if mark.isalnum() or mark in ' "[]%;\\_*!,.#?@$/-:')
    code = safe.replace('"', "&quot;")
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="57"/><xf numFmtId="200"/><xf numFmtId="10"/></cellXfs>'
    )
    heads = "".join(f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in HEADS)
    code_cell = '<c t="inlineStr"><is><t>GY01</t></is></c><c/>'
    rows = "".join(f"<row>{code_cell}{''.join(row)}</row>" for row in cells)
    parts = raw_parts(f"<row>{heads}</row>{rows}", styles=styles, strings="<si><t>x</t></si>")
    with file_named("a.xlsx") as path:
        path.write_bytes(zipped(parts))
        well_behaved(path, "json")


starts = st.sampled_from(
    [
        *(b"", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        *(b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b", b"\x89PNG\r\n\x1a\n"),
        *("编号,实际值\nGY01,".encode(code) for code in ("utf-8", "gb18030", "utf-16")),
    ]
)


@often
@given(starts, st.binary(max_size=300), st.sampled_from([".csv", ".xlsx"]))
def test_any_bytes_as_a_file(start, content, suffix):
    with file_named("a" + suffix) as path:
        path.write_bytes(start + content)
        well_behaved(path, "table", "json")


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> dict[str, bytes]:
    path = tmp_path_factory.mktemp("whole") / "a.xlsx"
    write_book(path, {"表": [HEADS, ["GY01", "", 48, "个", "2024-06"], ["ZH02", "", 6.5, "%"]]})
    stored = io.BytesIO()

    # Not compressed, a changed byte changes a part instead of breaking it off.
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return {
        "xlsx": path.read_bytes(),
        "stored": stored.getvalue(),
        "csv": (EXAMPLES / "gb18030.csv").read_bytes(),
    }


@often
@given(
    st.sampled_from(["xlsx", "stored", "csv"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=6),
    st.floats(0.01, 1),
)
def test_a_file_with_damage(whole, kind, changes, share):
    content = bytearray(whole[kind])
    for where, byte in changes:
        content[int(where * len(content))] = byte
    with file_named("a") as path:
        path.write_bytes(content[: int(share * len(content))] if share < 0.5 else content)
        well_behaved(path, "json")


def test_the_checks_of_this_file_notice(monkeypatch):
    """A format that let a control character through, and one that fell over, would be seen."""
    with file_named("a.csv") as path:
        write_csv(path, [["GY01", "", "48", "个", "6月"]])
        monkeypatch.setattr("dtcheck.cli.outputs.render_all", lambda *_: "\x1b[31m\n")
        with pytest.raises(AssertionError):
            well_behaved(path, "table")
        monkeypatch.setattr("dtcheck.cli.outputs.render_all", lambda *_: 1 / 0)
        with pytest.raises(AssertionError):
            well_behaved(path, "table")
