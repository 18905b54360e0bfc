"""Files of results: whole or as they were, wherever they are."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading

import pytest

from pulumi_alicloud_mediaconvert.cli.output_file import write_file


def mode_of(file):
    """Return the permissions of a file."""
    return stat.S_IMODE(file.stat().st_mode)


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    """Whoever has opened the earlier one reads it to its end."""
    file = tmp_path / "report.html"
    file.write_text("earlier")

    with file.open() as reader:
        write_file(file, "later\n")
        assert reader.read() == "earlier"

    assert file.read_text() == "later\n"
    assert [*tmp_path.iterdir()] == [file]


def test_permissions_are_those_of_any_file(tmp_path):
    """Others may read it as far as the user lets them; an earlier one keeps its own."""
    usual, new, earlier = (tmp_path / name for name in ("usual", "new", "earlier"))
    usual.touch()
    earlier.touch()
    earlier.chmod(0o604)

    write_file(new, "")
    write_file(earlier, "")

    assert mode_of(new) == mode_of(usual)
    assert mode_of(earlier) == 0o604


def test_a_link_stays_one(tmp_path):
    """What it names is written, in the folder where that is."""
    folder = tmp_path / "folder"
    folder.mkdir()
    link = tmp_path / "link"
    link.symlink_to(folder / "report")

    write_file(link, "text")

    assert link.is_symlink()
    assert (folder / "report").read_text() == "text"


def test_a_pipe_gets_the_text(tmp_path):
    """As `--output >(gzip > report.gz)` of a shell."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=write_file, args=(pipe, "text"))
    writer.start()

    assert pipe.read_text() == "text"

    writer.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("name", ["a" * 255, "é" * 127])
def test_a_name_may_be_as_long_as_the_system_lets_it(tmp_path, name):
    """What is written meanwhile has a name of its own, which is not too long."""
    write_file(tmp_path / name, "text")

    assert (tmp_path / name).read_text() == "text"


def test_a_full_disk_leaves_the_earlier_file(tmp_path):
    """No half of a report takes the place of a whole one."""
    file = tmp_path / "report"
    file.write_text("earlier")
    program = (
        "import resource, signal, sys; from pathlib import Path;"
        "from pulumi_alicloud_mediaconvert.cli.output_file import write_file;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "write_file(Path(sys.argv[1]), 'x' * 100_000)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, file],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "File too large" in done.stderr
    assert file.read_text() == "earlier"
    assert [*tmp_path.iterdir()] == [file]
