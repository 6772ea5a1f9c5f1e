"""Where the encoder computes is chosen from what ONNX Runtime offers, told when it is not to be had, and kept to."""

import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from grader.analysis import device
from grader.analysis.device import CPU, CUDA, DeviceChoice, choose
from grader.analysis.encoder import Encoder, encoder_versions, minilm_weights
from grader.analysis.word_pieces import PairTokenizer
from grader.cli import main
from grader.errors import ModelError, UsageError
from grader.pipeline import Settings, prepare
from grader.remembered import _made_by
from grader.rubric import load_rubric

BROKEN = "no device"
CUDA_WORKS = device.resolved("auto") == "cuda"


@pytest.mark.parametrize(
    "wanted, providers, failure, chosen",
    [
        ("auto", [CPU], "", "cpu"),
        ("auto", ["AzureExecutionProvider", CPU], "", "cpu"),
        ("auto", ["TensorrtExecutionProvider", CUDA, CPU], "", "cuda"),
        ("auto", [CUDA, CPU], BROKEN, "cpu"),
        ("cpu", [CPU], "", "cpu"),
        ("cpu", [CUDA, CPU], "", "cpu"),
        ("cuda", [CUDA, CPU], "", "cuda"),
    ],
)
def test_the_choice(wanted: DeviceChoice, providers: list[str], failure: str, chosen: str) -> None:
    assert choose(wanted, providers, failure) == chosen


@pytest.mark.parametrize(
    "providers, failure, said",
    [([CPU], "", 'pip install "onnxruntime-gpu[cuda,cudnn]=='), ([CUDA, CPU], BROKEN, BROKEN)],
)
def test_cuda_that_is_not_to_be_had_says_what_is_missing(
    providers: list[str], failure: str, said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        choose("cuda", providers, failure)
    line = str(caught.value)
    assert line.startswith("--device cuda: ") and said in line and line.endswith("; --device cpu works")
    assert "\n" not in line


@pytest.fixture
def one_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "cuda_here", lambda: ((CUDA, CPU), BROKEN))


@pytest.mark.usefixtures("one_that_fails")
@pytest.mark.parametrize("command", [["grade", "--out", "out"], ["check"]])
def test_the_commands_say_so_in_one_line_before_any_work(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("draft.md").write_text("# Draft\n\nWe chose a rule.\n")
    typed = CliRunner().invoke(main, [*command, "draft.md", "--device", "cuda"])
    line = f"grader: --device cuda: {BROKEN}; --device cpu works\n"
    assert (typed.exit_code, typed.stdout, typed.stderr) == (2, "", line)
    Path("drafts").mkdir()
    Path("draft.md").rename("drafts/draft.md")
    Path("grader.toml").write_text('device = "cuda"\n')
    configured = CliRunner().invoke(main, [*command, "drafts/draft.md"])
    assert configured.exit_code == 2 and configured.stderr.startswith("grader: grader.toml:1: device cuda: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts", "grader.toml"]


def test_what_computes_on_the_cpu_alone_is_not_asked_for_cuda(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "cuda_here", lambda: ((CUDA, CPU), ""))
    (tmp_path / "draft.md").write_text("# Draft\n")
    assert prepare([tmp_path], Settings()).settings.device == "cuda"
    assert prepare([tmp_path], Settings(engine="ray")).settings.device == "cpu"
    for other in (Settings(engine="ray", device="cuda"), Settings(model="another", device="cuda")):
        with pytest.raises(UsageError, match="^--device cuda: not with --(engine ray|model)"):
            prepare([tmp_path], other)


def test_nothing_of_cuda_is_loaded_where_it_cannot_matter() -> None:
    code = (
        "import sys; from grader.analysis import device; device.resolved('cpu');"
        "device.knows_cuda() or device.resolved('auto'); print('onnxruntime' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def layers() -> dict[str, np.ndarray]:
    weights = minilm_weights().items()
    return {name.removeprefix("encoder."): array for name, array in weights if name.startswith("encoder.")}


@pytest.mark.skipif(CUDA_WORKS, reason="needs a machine without CUDA")
def test_a_session_that_falls_back_to_the_cpu_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_chosen", "cuda")
    with warnings.catch_warnings(), pytest.raises(ModelError, match="--device cpu"):
        warnings.simplefilter("ignore")  # ONNX Runtime says so, and goes on
        Encoder(layers())


def test_a_device_uses_float32_and_keeps_its_results_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "multiplies_int8", lambda: True)
    monkeypatch.setattr(device, "resolved", lambda wanted: wanted)
    on_cpu = encoder_versions(), _made_by(load_rubric(), Settings(device="cpu"))
    assert device.uses_int8()
    monkeypatch.setattr(device, "_chosen", "cuda")
    assert not device.uses_int8()
    assert encoder_versions() != on_cpu[0]
    assert _made_by(load_rubric(), Settings(device="cuda")) != on_cpu[1]
    monkeypatch.setattr(device, "multiplies_int8", lambda: False)
    assert _made_by(load_rubric(), Settings(device="cpu")) != on_cpu[1]


def test_a_process_keeps_to_its_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "_chosen", None)
    device.compute_on("cpu")
    device.compute_on("cpu")
    with pytest.raises(UsageError, match="another process"):
        device.compute_on("cuda")


@pytest.mark.skipif(not CUDA_WORKS, reason="needs a CUDA device")
def test_a_cuda_device_gives_what_the_cpu_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = PairTokenizer().encode_text("The porter opens the gate at nine.")
    monkeypatch.setattr(device, "_chosen", "cpu")
    wanted = Encoder(layers()).states(pair)
    monkeypatch.setattr(device, "_chosen", "cuda")
    assert np.abs(Encoder(layers()).states(pair) - wanted).max() < 1e-4
