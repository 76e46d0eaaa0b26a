"""sound warns as MATLAB does without loudspeakers; nargchk, the older check, answers in words or as a struct."""


def test_a_signal_is_checked_and_then_there_is_nothing_to_play_it_on(run):
    assert run("sound(sin(1:9), 44100, 16)") == ["Warning: No audio outputs were found."]
    assert run.fault("sound(ones(3, 3), 8000)").identifier == "MATLAB:sound:invalidSignal"
    assert run.fault("soundsc(1:3, 0)").identifier == "MATLAB:soundsc:invalidRate"


def test_counts_of_arguments_are_answered_in_words_or_as_a_struct(run):
    run("a = nargchk(1, 2, 3); b = isempty(nargchk(1, Inf, 3)); c = nargchk(1, 2, 0, 'struct');")
    run("d = nargchk(0, 1, 1, 'struct');")
    assert run["a"] == "Too many input arguments." and run["b"] is True
    assert run["c"].fields["identifier"] == "MATLAB:nargchk:notEnoughInputs" and run["d"].size() == (0, 1)
