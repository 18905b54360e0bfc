import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_alicloud_mediaconvert.access.credentials import Credentials
from pulumi_alicloud_mediaconvert.access.settings import (
    CONFIG_REGIONS,
    ENVIRONMENT_REGIONS,
    KNOWN_REGIONS,
    check_region,
    read_settings,
)
from pulumi_alicloud_mediaconvert.errors import ConfigurationError, NextStep

MARK = "MARKEDSECRET"
# Of 253 letters, which is the most that a name may have.
LONG_HOST = f"{'a23456789.' * 25}org"


@pytest.mark.parametrize(
    "word",
    [*KNOWN_REGIONS, "cn-shanghai-finance-1", "ap-southeast-9", "us-south-1"],
)
def test_region_that_may_exist_is_accepted(word):
    """The list of regions is not closed: a new number or place is no misspelling."""
    assert check_region(word) is None


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("cn-shanghia", 'did you mean "cn-shanghai"?'),
        ("cn-shangai", 'did you mean "cn-shanghai"?'),
        ("cn-beijinh", 'did you mean "cn-beijing"?'),
        ("cn_shanghai", 'did you mean "cn-shanghai"?'),
        ("CN-Shanghai", 'did you mean "cn-shanghai"?'),
        ("cn-shanghai-b", 'did you mean "cn-shanghai"?'),
        ("ap-southeast1", 'did you mean "ap-southeast-1"?'),
        ("", '"" is not a region: a region looks like "cn-shanghai"'),
        ("nowhere", '"nowhere" is not a region: a region looks like "cn-shanghai"'),
        ("cn-shanghai.example.org/", "is not a region"),
        ("cn-shanghai\n", 'did you mean "cn-shanghai"?'),
        ("cn-\x1b[31m", '"cn-?[31m" is not a region'),
    ],
    ids=str,
)
def test_region_that_cannot_be_meant_is_refused_with_a_suggestion(word, hint):
    """A region that is misspelt or misshapen is refused, the nearest known named."""
    problem = check_region(word)

    assert problem is not None
    assert hint in problem
    assert problem.endswith(('"', "?"))


@given(st.text())
def test_accepted_region_cannot_change_the_host(word):
    """Whatever is accepted as a region is part of one label of a host name."""
    accepted = check_region(word) is None

    assert not accepted or set(word) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize("source", range(6))
def test_first_region_found_wins(source):
    """Input, mediaconvert:, alicloud:, then three variables: the first one counts."""
    sources = ["input", *CONFIG_REGIONS, *ENVIRONMENT_REGIONS]
    values = {name: f"us-south-{number}" for number, name in enumerate(sources)}
    found = {name: values[name] for name in sources[source:]}
    settings = read_settings(found, found)

    region = settings.region(found.get("input"))

    assert region == f"us-south-{source}"


def test_no_region_names_every_source():
    """Without a region the error lists where it was looked for."""
    settings = read_settings({"mediaconvert:region": "  "}, {})

    with pytest.raises(ConfigurationError) as caught:
        settings.region("")

    sources = ", ".join(CONFIG_REGIONS + ENVIRONMENT_REGIONS)
    assert str(caught.value) == f"no region: tried region, {sources}"
    assert [one.step for one in caught.value.next_steps] == [NextStep.SET_REGION]


def test_region_of_the_environment_is_not_configured():
    """What the environment says does not count as the stack's configuration."""
    settings = read_settings({}, {"ALICLOUD_REGION": "cn-beijing"})

    assert settings.configured_region() is None
    assert settings.region(None) == "cn-beijing"


def test_misspelt_region_in_configuration_is_an_error():
    """A region is checked wherever it comes from."""
    settings = read_settings({"alicloud:region": "cn-shanghia"}, {})

    with pytest.raises(ConfigurationError, match='did you mean "cn-shanghai"'):
        settings.region(None)


@pytest.mark.parametrize(
    ("config", "environ", "endpoint"),
    [
        ({}, {}, "https://ice.cn-shanghai.aliyuncs.com"),
        (
            {"mediaconvert:network": "vpc"},
            {},
            "https://ice-vpc.cn-shanghai.aliyuncs.com",
        ),
        (
            {"mediaconvert:endpoint": "ice.example.org"},
            {"ALIBABA_CLOUD_ICE_ENDPOINT": "other.example.org"},
            "https://ice.example.org",
        ),
        (
            {"mediaconvert:network": "vpc"},
            {"ALIBABA_CLOUD_ICE_ENDPOINT": "https://Other.example.org:8443/"},
            "https://other.example.org:8443",
        ),
        (
            {"mediaconvert:endpoint": "http://127.0.0.1:8080"},
            {},
            "http://127.0.0.1:8080",
        ),
        ({"mediaconvert:endpoint": "http://[::1]:1"}, {}, "http://[::1]:1"),
        ({"mediaconvert:endpoint": "http://localhost"}, {}, "http://localhost"),
        ({"mediaconvert:endpoint": "localhost:8080"}, {}, "https://localhost:8080"),
        ({"mediaconvert:endpoint": LONG_HOST}, {}, f"https://{LONG_HOST}"),
        ({"mediaconvert:endpoint": "h.org:65535"}, {}, "https://h.org:65535"),
    ],
    ids=[
        "by region",
        "vpc",
        "configuration first",
        "environment",
        "loopback",
        "loopback of IPv6",
        "localhost",
        "bare host",
        "longest host",
        "highest port",
    ],
)
def test_endpoint_comes_from_the_first_source(config, environ, endpoint):
    """Configuration, environment, region: the first that says so makes the endpoint."""
    settings = read_settings(config, environ)

    assert settings.endpoint("cn-shanghai") == endpoint


@pytest.mark.parametrize(
    "stated",
    [
        "http://ice.example.org",
        "http://localhost.example.org",
        "http://127.0.0.2",
        "http://0.0.0.0",
        f"https://user:{MARK}@ice.example.org",
        "https://ice.example.org/path",
        f"https://ice.example.org?token={MARK}",
        "https://ice.example.org#here",
        "https://ice.example.org\\@other.example.org",
        "https://ice.exa\tmple.org",
        "https://ice..example.org",
        "https://ice.example.org:65536",
        "https://256.1.1.1",
        "https://2130706433",
        "https://[1.2.3.4]",
        "https://[1::2::3]",
        f"https://{LONG_HOST}m",
        "https://",
        "ftp://ice.example.org",
        "https://ice.example.org evil",
        "https://icé.example.org",
    ],
)
def test_endpoint_that_could_leak_is_refused_without_being_quoted(stated):
    """Plain http to others, user info, path and query are refused, secrets unseen."""
    of_config, of_environment = "mediaconvert:endpoint", "ALIBABA_CLOUD_ICE_ENDPOINT"
    for name, settings in (
        (of_config, read_settings({of_config: stated}, {})),
        (of_environment, read_settings({}, {of_environment: stated})),
    ):
        with pytest.raises(ConfigurationError, match=f"^{name}: ") as caught:
            settings.endpoint("cn-shanghai")

        assert MARK not in str(caught.value)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (
            "https://ice.example.org/path",
            (
                "expected https://<host> or https://<host>:<port>, without user, path"
                " or query"
            ),
        ),
        (
            "http://ice.example.org",
            (
                "http is allowed for 127.0.0.1, [::1], localhost only, got "
                '"ice.example.org"; use https'
            ),
        ),
    ],
)
def test_what_an_endpoint_may_be_is_said(stated, said):
    """The line says what is expected, and repeats no more than a host."""
    with pytest.raises(ConfigurationError) as caught:
        read_settings({"mediaconvert:endpoint": stated}, {}).endpoint("cn-shanghai")

    assert str(caught.value) == f"mediaconvert:endpoint: {said}"


def test_unknown_network_is_refused():
    """The network is vpc or public."""
    settings = read_settings({"mediaconvert:network": "vpn"}, {})

    with pytest.raises(ConfigurationError, match='expected vpc or public, got "vpn"'):
        settings.endpoint("cn-shanghai")


@pytest.mark.parametrize("region", ["cn-shanghai.example.org/", "x@example.org#", ""])
def test_region_cannot_lead_to_another_host(region):
    """An address is made of nothing but a region."""
    with pytest.raises(ConfigurationError, match=" is not a region: "):
        read_settings({}, {}).endpoint(region)


def test_keys_of_the_environment_are_told_before_they_are_used():
    """A whole pair is found there, a half one is refused."""
    environ = {"ALIBABA_CLOUD_ACCESS_KEY_ID": "id"}

    with pytest.raises(ConfigurationError, match="ALIBABA_CLOUD_ACCESS_KEY_SECRET"):
        read_settings({}, environ).stated_keys()
    environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = MARK
    assert read_settings({}, environ).stated_keys() == Credentials("id", MARK)


def test_settings_are_not_shown_and_not_pickled():
    """Keys in settings reach neither a log nor a state file."""
    settings = read_settings({"mediaconvert:secretKey": MARK}, {})

    assert MARK not in repr(settings)
    with pytest.raises(TypeError, match=r"^settings are not pickled$"):
        pickle.dumps(settings)
