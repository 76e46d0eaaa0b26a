"""The command line as a user meets it: real processes, real exit statuses."""

import os
import subprocess
import sys
import time

import pytest

from cnnscript.cli import USAGE, Options, Usage, deliver_again, say_warning


def run(*arguments, cwd, text=None, env=None):
    return subprocess.run(
        [sys.executable, "-m", "cnnscript", *arguments],
        cwd=cwd,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **(env or {})},
    )


def test_code_is_printed_and_the_process_ends_well(tmp_path):
    done = run("-e", "magic(4)", cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == ""
    assert "    16     2     3    13\n" in done.stdout and done.stdout.startswith("\nans =\n")


def test_a_plain_m_file_runs_and_local_functions_work(tmp_path):
    (tmp_path / "tutorial.m").write_text("x = twice(21);\ndisp(x)\nfunction r = twice(a)\n r = 2*a;\nend\n")
    done = run("tutorial.m", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "    42\n\n", "")


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path):
    (tmp_path / "dos.m").write_bytes(b"\xef\xbb\xbfx = 1;\r\nif x == 1\r\n  disp('one')\r\nend\r\n")
    assert run("dos.m", cwd=tmp_path).stdout == "one\n"


def test_a_script_error_is_status_1_on_standard_error(tmp_path):
    (tmp_path / "bad.m").write_text("disp(1)\ny = nosuchthing;\n")
    done = run("bad.m", cwd=tmp_path)
    assert done.returncode == 1 and done.stdout == "     1\n\n"
    assert done.stderr.startswith("error: Unrecognized function or variable 'nosuchthing'.\n  bad.m:2:5\n")


def test_a_missing_file_is_one_clear_error(tmp_path):
    done = run("nothing.m", cwd=tmp_path)
    assert done.returncode == 1 and done.stderr.startswith("error: ") and "nothing.m" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_usage_is_status_2(tmp_path):
    for arguments in (["--nonsense"], ["-e"], ["--with", "3=4", "-e", "1"], ["-e", "1", "file.m"]):
        done = run(*arguments, cwd=tmp_path)
        assert done.returncode == 2 and done.stderr.startswith("cnnscript: "), arguments


def test_help_fits_a_screen(tmp_path):
    done = run("--help", cwd=tmp_path)
    assert done.stdout == USAGE
    assert len(USAGE.splitlines()) <= 24 and max(map(len, USAGE.splitlines())) <= 80


def test_an_ending_may_be_left_out_and_a_path_may_have_blanks(tmp_path):
    (tmp_path / "my scripts").mkdir()
    (tmp_path / "my scripts" / "first one.m").write_text("disp('one'), helper\n")
    (tmp_path / "my scripts" / "helper.m").write_text("disp('helped')\n")
    (tmp_path / "plain").write_text("disp('plain')\n")
    (tmp_path / "-x.m").write_text("disp('dash')\n")
    assert run("my scripts/first one", cwd=tmp_path).stdout == "one\nhelped\n"
    assert run("plain", cwd=tmp_path).stdout == "plain\n"
    assert run("--", "-x.m", cwd=tmp_path).stdout == "dash\n"


def test_a_folder_instead_of_a_file_is_one_clear_error(tmp_path):
    (tmp_path / "folder.m").mkdir()
    done = run("folder", cwd=tmp_path)
    assert done.returncode == 1 and done.stderr == "error: Unable to read file 'folder': No such file or directory.\n"
    done = run("folder.m", cwd=tmp_path)
    assert done.returncode == 1 and done.stderr == "error: Unable to read file 'folder.m': Is a directory.\n"


def test_a_file_that_is_not_utf_8_says_how_it_was_read(tmp_path):
    (tmp_path / "degrees.m").write_bytes("disp('20 °C')\n".encode("cp1252"))
    done = run("degrees.m", cwd=tmp_path)
    assert done.stdout == "20 °C\n"
    assert done.stderr == "degrees.m is not UTF-8; it was read as windows-1252\n"


def test_figures_in_a_terminal_need_a_terminal(tmp_path):
    done = run("--figures", "terminal", "-e", "imshow(1)", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "cnnscript: --figures terminal needs a terminal, and standard output is none\n"


def test_with_presets_variables(tmp_path):
    assert run("--with", "x=3", "--with", "y=x+1", "-e", "disp(x*y)", cwd=tmp_path).stdout == "    12\n\n"


def test_a_script_gets_its_arguments_as_argv_and_a_function_file_as_inputs(tmp_path):
    (tmp_path / "s.m").write_text("disp(argv{2})")
    (tmp_path / "f.m").write_text("function f(a, b)\ndisp([a '-' b])\n")
    assert run("s.m", "one", "two", cwd=tmp_path).stdout == "two\n"
    assert run("f.m", "one", "two", cwd=tmp_path).stdout == "one-two\n"


def test_exit_gives_its_status(tmp_path):
    done = run("-e", "disp(1), exit(3), disp(2)", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "     1\n\n")


def test_text_on_standard_input_runs(tmp_path):
    assert run(cwd=tmp_path, text="x = 2;\ndisp(x + 1)\n").stdout == "     3\n\n"


def test_pictures_go_to_the_folder_asked_for(tmp_path):
    done = run("--figures", "out", "--no-display", "-e", "imshow(uint8(magic(16)))", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["figure-1.png"]
    assert "figure-1.png" in done.stdout


def test_words_describe_pictures(tmp_path):
    done = run("--figures", "words", "-e", "imshow(zeros(4,6)); title('dark')", cwd=tmp_path)
    assert done.stdout == "figure 1: image 4x6, title 'dark'\n"


@pytest.mark.parametrize("words", [["-e", "1", "-e", "2"], ["--eval=1\n2"]])
def test_pieces_of_code_are_joined(words):
    assert Options(words).code == "1\n2"


def test_a_flag_without_value_is_named():
    with pytest.raises(Usage, match="--figures"):
        Options(["--figures"])


def test_a_reader_that_leaves_ends_the_program_quietly(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "cnnscript", "-e", "for i = 1:1e6, disp(i), end"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout.readline() == b"     1\n"
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize(
    ("unbuffered", "said"),
    [
        ("1", "error: No space left on device.\n"),  # met by a statement
        ("", "cnnscript: output could not be written: No space left on device\n"),  # met when all is over
    ],
)
def test_output_that_cannot_be_written_is_one_error(unbuffered, said, tmp_path):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cnnscript", "-e", "x = 1"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": unbuffered},
        )
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr


def test_files_left_open_are_written_at_the_end(tmp_path):
    done = run("-e", "f = fopen('a.txt', 'w'); fprintf(f, 'conv%d', 1); error('stop')", cwd=tmp_path)
    assert done.returncode == 1
    assert (tmp_path / "a.txt").read_text() == "conv1"


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the stream")
def test_a_process_without_standard_output_runs(tmp_path):
    done = subprocess.run(
        f"'{sys.executable}' -m cnnscript -e \"x = 1, f = fopen('a.txt', 'w'); fprintf(f, '%d', x);\" >&-",
        shell=True,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.txt").read_text() == "1"


def test_an_interrupt_that_falls_into_the_end_of_an_object_is_not_lost(monkeypatch):
    class Interrupted:
        def __del__(self):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "unraisablehook", deliver_again)
    with pytest.raises(KeyboardInterrupt):
        Interrupted()
        time.sleep(10)


def test_warnings_of_libraries_are_said_as_the_language_says_them(capsys):
    foreign = type("DependencyWarning", (Warning,), {"__module__": "urllib3.exceptions"})
    for category in (UserWarning, RuntimeWarning, DeprecationWarning, foreign):
        say_warning(category(f"of {category.__name__}"), category, "file.py", 3)
    assert capsys.readouterr().err == "Warning: of UserWarning\nWarning: of RuntimeWarning\n"


def test_no_part_of_a_number_is_lost_in_silence(tmp_path):
    (tmp_path / "lossy.py").write_text(
        "import sys\nimport numpy as np\nfrom cnnscript import builtins, cli\n"
        "entry = builtins.find('hypot')\n"
        "def lossy(*args):\n    return np.asarray([1j]).astype(float)\n"
        "entry.function = lossy\nsys.argv = ['cnnscript', '-e', 'hypot([1 2], [3 4])']\nsys.exit(cli.main())\n"
    )
    done = subprocess.run(
        [sys.executable, str(tmp_path / "lossy.py")],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 1 and done.stderr.startswith("error: Input must be real.")
