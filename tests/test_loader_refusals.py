"""Files that hold no expectations, and what their author is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.errors import ExpectationsError
from pulumi_alicloud_mediaconvert.expect.loader import (
    MAX_FILE_BYTES,
    load_expectations,
)


@pytest.fixture
def file(tmp_path):
    """A YAML file."""
    return tmp_path / "expect.yaml"


def refused(file: Path, text: str) -> list[str]:
    """Return the lines with which a text is refused, without the folder."""
    file.write_text(text, "utf-8")

    with pytest.raises(ExpectationsError) as caught:
        load_expectations(file)
    return str(caught.value).replace(f"{file.parent}/", "").splitlines()


def test_all_problems_are_named_at_once_in_the_order_of_their_lines(file):
    """Each line names file, line and property, and what is allowed."""
    text = """\
rules:
  - query: "["
outputs:
  - name: a
    video:
      widht: 3
      height: tall
  - nam: b
  - name: a
other_output: forbid
"""

    lines = refused(file, text)

    assert [line.split(": ")[:2] for line in lines] == [
        ["expect.yaml:2", "rules[0].query"],
        ["expect.yaml:6", "outputs[0].video.widht"],
        ["expect.yaml:7", "outputs[0].video.height"],
        ["expect.yaml:8", "outputs[1].nam"],
        ["expect.yaml:8", "outputs[1]"],
        ["expect.yaml:9", "outputs[2].name"],
        ["expect.yaml:10", "other_output"],
    ]
    assert lines[1].endswith("unknown key (did you mean `width`?)")


def test_json_has_lines_too(tmp_path):
    """A problem in a JSON file is found as in a YAML one."""
    text = '{\n "outputs": [\n  {"name": "a",\n   "video": {"widht": 3}}\n ]\n}'

    [line] = refused(tmp_path / "expect.json", text)

    assert line == (
        "expect.json:4: outputs[0].video.widht: unknown key (did you mean `width`?)"
    )


def test_what_was_merged_in_is_named_where_it_can_be_mended(file):
    """Every place that is wrong is named, each with a line that leads there."""
    text = """\
outputs:
- &common
  name: a
  video: {widht: 1}
- <<: *common
  name: b
"""

    lines = refused(file, text)

    assert [line.split(": unknown")[0] for line in lines] == [
        "expect.yaml:4: outputs[0].video.widht",
        "expect.yaml:4: outputs[1].video.widht",
    ]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        pytest.param(
            "e.yaml", "outputs: [}", "e.yaml:1: cannot be read as YAML: ", id="brackets"
        ),
        pytest.param(
            "e.yaml", "a:\n\tb: 1", "e.yaml:2: cannot be read as YAML: ", id="tab"
        ),
        pytest.param(
            "e.yaml",
            "a: 1\n---\nb: 2\n",
            "e.yaml:2: cannot be read as YAML: but found another document",
            id="two documents",
        ),
        pytest.param(
            "e.yaml",
            "output_count: 1\noutput_count: 2\n",
            'e.yaml:2: cannot be read as YAML: found duplicate key "output_count"',
            id="duplicate key",
        ),
        pytest.param(
            "e.json",
            '{"output_count": 1,\n"output_count": 2}',
            'e.json:2: cannot be read as JSON: found duplicate key "output_count"',
            id="duplicate key in JSON",
        ),
        pytest.param(
            "e.json",
            '{\n"output_count": 1,}',
            "e.json:2: cannot be read as JSON: ",  # whose words are Python's
            id="comma",
        ),
        pytest.param(
            "e.json",
            "output_count: 1",
            "e.json:1: cannot be read as JSON: Expecting value",
            id="YAML for JSON",
        ),
        pytest.param(
            "e.json",
            '{"output_count": NaN}',
            "e.json: cannot be read as JSON: NaN is not a number in JSON",
            id="no number",
        ),
        pytest.param(
            "e.yaml",
            "a: 1\nb: \x07",
            "e.yaml:2: cannot be read as YAML: character U+0007 is not allowed",
            id="control character",
        ),
        pytest.param(
            "e.yaml",
            "outputs: &a\n- name: x\n  where: *a\n",
            "e.yaml:1: cannot be read as YAML: an alias refers to an anchor that "
            "contains it",
            id="endless",
        ),
        pytest.param("e.yaml", "", "e.yaml:1: is empty", id="empty"),
        pytest.param("e.yaml", "# none\n", "e.yaml:1: is empty", id="comment"),
        pytest.param(
            "e.yaml",
            "- name: a\n",
            'e.yaml:1: must be a mapping or "as-requested", got a list',
            id="list",
        ),
        pytest.param(
            "e.yaml",
            "as_requested",
            "e.yaml:1: must be a mapping or",
            id="another word",
        ),
        pytest.param(
            "e.yaml",
            "output_count: " + "[" * 800 + "]" * 800,
            "e.yaml: is nested too deeply",
            id="deep",
        ),
        pytest.param(
            "e.json", "[" * 100_000, "e.json: is nested too deeply", id="deep JSON"
        ),
        pytest.param(
            "e.yaml",
            "#" * (MAX_FILE_BYTES + 1),
            "e.yaml: is larger than 256 KiB",
            id="huge",
        ),
        pytest.param(
            "e.json",
            '{"rules": [{"query": "a", "must_be": "\\ud800"}]}',
            "e.json: has text that is not valid Unicode",
            id="half a character",
        ),
    ],
)
def test_what_is_no_document_is_refused_with_its_location(tmp_path, name, text, line):
    """File, line and reason stand in one line, whatever the reader stumbled on."""
    [found] = refused(tmp_path / name, text)

    assert found.startswith(line)


def test_what_repeats_itself_without_end_is_refused(file):
    """Few anchors that make billions of values do not fill the memory."""
    rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    rows += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    assert refused(file, "\n".join(rows)) == [
        "expect.yaml: has more than 100,000 values."
    ]


def test_what_is_no_text_is_refused(file):
    """A video file is no list of expectations."""
    file.write_bytes(b"\x00\x00\x00\x18ftypmp42\xff\xfe")

    with pytest.raises(ExpectationsError, match=r"expect\.yaml: is not UTF-8 text"):
        load_expectations(file)


def test_what_cannot_be_read_is_named(tmp_path):
    """A missing file and a folder are named with the system's reason."""
    with pytest.raises(ExpectationsError, match=r"none\.yaml: cannot be read: No such"):
        load_expectations(tmp_path / "none.yaml")
    with pytest.raises(ExpectationsError, match="cannot be read: Is a directory"):
        load_expectations(tmp_path)


TAGGED = {
    "of one's own": ("audio: !x [{codek: aac}]", "audio", "!x"),
    "of a bool": ("as_requested: !!bool x", "as_requested", '"x"'),
    "of a number": ("output_count: !!int x", "output_count", '"x"'),
    "of a fraction": ("output_count: !!float x", "output_count", '"x"'),
    "of nothing": ("output_count: !!null x", "output_count", '"x"'),
    "of bytes": ("output_count: !!binary aGk=", "output_count", "!!binary"),
    "of a set": ("outputs: !!set {a, b}", "outputs", "!!set"),
    "of pairs": ("outputs: !!omap [a: 1]", "outputs", "!!omap"),
    "of a list": ("outputs: !!seq {}", "outputs", "!!seq"),
    "of a mapping": ("outputs: !!map []", "outputs", "!!map"),
    "of text": ("outputs: !!str []", "outputs", "!!str"),
    "of a call": (
        "output_count: !!python/object/apply:os.getcwd []",
        "output_count",
        "!!python/object/apply:os.getcwd",
    ),
    "of a class": ("outputs: !!python/none x", "outputs", "!!python/none"),
    "in full": ("outputs: !<tag:example.com,2020:x> []", "outputs", "tag:example"),
    "of a key": ("? !x outputs\n: []", "outputs", "!x"),
    "of the whole": ("!x outputs: []", "outputs", "!x"),
    "within": ("outputs: [{name: !y a}]", "outputs[0].name", "!y"),
    "with an anchor": ("outputs: &a !x []", "outputs", "!x"),
    "a number too long": (f"output_count: {'1' * 5000}", "output_count", '"111'),
    "a key that is a list": ("? [a]\n: 1", "", "a key must be text, got a list"),
    "a key that is a mapping": ("outputs: [{{a: 1}: 2}]", "outputs[0]", "a mapping"),
    "what is merged": ("outputs: [{<<: 7}]", "outputs[0]", "a single value"),
    "one of what is merged": ("outputs: [{<<: [{}, x]}]", "outputs[0]", "<<"),
}


@pytest.mark.parametrize(("stated", "path", "said"), TAGGED.values(), ids=TAGGED)
def test_what_is_no_plain_data_is_named_by_line_and_path(file, stated, path, said):
    """A tag, or a value that is not what its tag says, is told as what it is."""
    [line] = refused(file, f"# A comment.\nother_outputs: allow\n{stated}\n")

    location, _, problem = line.partition(": ")
    assert location == "expect.yaml:3"
    assert problem.startswith(f"{path}: " if path else "")
    assert said in problem


def test_all_that_is_no_plain_data_is_named_at_once(file):
    """In the order of the lines."""
    lines = refused(file, "outputs: !x []\nas_requested: !!bool x\n")

    assert [line.partition(": ")[0] for line in lines] == [
        "expect.yaml:1",
        "expect.yaml:2",
    ]


def test_mappings_that_merge_each_other_without_end_are_refused(file):
    """Few anchors that are merged into each other do not fill the memory, nor hang."""
    keys = ", ".join(f"k{n}: 1" for n in range(50))
    rows = [f"a0: &a0 {{{keys}}}"]
    rows += [
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 50)}]}}" for n in range(1, 60)
    ]

    assert refused(file, "\n".join(rows)) == [
        "expect.yaml: has more than 100,000 values."
    ]
    [line] = refused(file, "outputs: &a\n- &b\n  <<: *b\n")
    assert line.startswith("expect.yaml:2: ")


def test_an_anchor_may_be_given_anew(file):
    """As YAML has it; nothing is warned about."""
    file.write_text("output_count: &a 1\noutputs: &a [{name: x}]\n")

    assert load_expectations(file) == {"output_count": 1, "outputs": [{"name": "x"}]}


@pytest.mark.parametrize("key", ["1", "2.50", "true", "no", "~", ".nan", "2020-01-02"])
def test_a_key_is_the_text_that_is_written(file, key):
    """Nothing is made of a key but its name, which is told as it stands there."""
    [line] = refused(file, f"output_count: 1\n{key}: 2\n")

    assert line.startswith(f"expect.yaml:2: {key}: unknown key")


def test_utf_16_is_no_utf_8(file):
    """A file of another encoding is told as such."""
    file.write_bytes("output_count: 1\n".encode("utf-16"))

    with pytest.raises(ExpectationsError, match=r"expect\.yaml: is not UTF-8 text"):
        load_expectations(file)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tag=st.sampled_from(["!", "!!"])
    .flatmap(
        lambda kind: st.text("abcdefghijklmnopqrstuvwxyz", min_size=1).map(kind.__add__)
    )
    .filter(lambda tag: tag not in {"!!str", "!!int", "!!float", "!!bool", "!!null"}),
    stated=st.sampled_from(
        ["output_count: {} 1", "outputs: {} []", "rules: [{} {{}}]"]
    ),
)
def test_no_tag_is_more_than_a_line(tmp_path, tag, stated):
    """Whatever tag stands before a value, it is loaded as that value, or refused."""
    file = tmp_path / "expect.yaml"
    file.write_text(stated.format(tag))

    if tag in {"!!seq", "!!map", "!!timestamp", "!!value"}:
        return
    with pytest.raises(ExpectationsError) as caught:
        load_expectations(file)

    line = str(caught.value)
    assert line.startswith(f"{file}:1: ")
    assert line.isprintable()


@pytest.mark.parametrize("name", ["expect.yaml", "expect.json"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=60)
    | st.text(alphabet="outps:-[]{}&*!'\"\n 0a|>%#,?\t", max_size=60)
)
def test_whatever_a_file_holds_it_is_loaded_or_refused(tmp_path, name, text):
    """No text makes it raise anything but its own error, with the file's name."""
    file = tmp_path / name
    file.write_bytes(text.encode("utf-8", "surrogatepass"))

    try:
        lines = [f"{file}: {load_expectations(file)}"]
    except ExpectationsError as error:
        lines = str(error).splitlines()

    assert all(line.startswith(f"{file}:") for line in lines)
