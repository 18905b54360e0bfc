"""`every_output`: defaults that hold key by key."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from jobs import make_bare_output, make_job, make_output
from pulumi_alicloud_mediaconvert import verify
from pulumi_alicloud_mediaconvert.emulator import Emulator
from pulumi_alicloud_mediaconvert.expect.expected_media import EveryOutputExpectation
from pulumi_alicloud_mediaconvert.verification.defaults import KEYS

TOLERANT = ["Success", "Skipped"]
# Met, missed and not known, of as many kinds as there are.
STATED = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["Success", TOLERANT]),
        "width": st.sampled_from([1280, 640]),
        "height": st.sampled_from([720, {"present": False}]),
        "format": st.sampled_from(["mp4", "hls"]),
        "audio_count": st.sampled_from(
            [1, {"max": 0, "enforcement_level": "advisory"}]
        ),
        "video": st.sampled_from([{"codec": "h264"}, {"lang": "en"}, []]),
        "audio": st.sampled_from([[{"codec": "aac"}], {"codec": "mp3"}]),
    },
)
OUTPUTS = st.sampled_from(
    [
        make_output("a", Width=1280),
        make_output("a"),
        make_bare_output("a"),
        make_bare_output("a", "Skipped"),
        make_bare_output("a", "Failed"),
    ]
)
NAMED = st.sampled_from([{"name": "a"}, {"where": {"name": "a"}}])


@given(
    output=OUTPUTS, defaults=STATED, stated=STATED, named=NAMED, grouped=st.booleans()
)
def test_defaults_are_as_if_they_were_stated(output, defaults, stated, named, grouped):
    """An expectation means the same with the defaults that it does not replace."""
    job = make_job(groups={"g": [output]}) if grouped else make_job(output)

    def verdict(every, own):
        own = {"outputs": [{**named, **own}]}
        within = {"output_groups": [{"name": "g", **own}]} if grouped else own
        return verify(job, {"every_output": every, **within}).verdict

    assert verdict(defaults, stated) == verdict({}, {**defaults, **stated})


@given(defaults=STATED, stated=STATED, named=NAMED)
# Both together would leave no stream, of which the API reports nothing.
@example(
    defaults={"audio_count": {"max": 0, "enforcement_level": "advisory"}},
    stated={"video": []},
    named={"name": "a"},
)
def test_a_job_that_is_made_to_pass_meets_the_defaults_too(defaults, stated, named):
    """What a test asks the emulator for is what passes."""
    expect = {"every_output": defaults, "outputs": [{**named, **stated}]}

    # It verifies what it makes, and refuses what it cannot make.
    Emulator().add_job("0a1b", expect=expect)


def test_every_key_of_an_output_may_be_a_default():
    """All that an expectation states of an output, and not what it says of itself."""
    assert {*EveryOutputExpectation.model_fields} - {*KEYS} == {
        "message",
        "enforcement_level",
    }
