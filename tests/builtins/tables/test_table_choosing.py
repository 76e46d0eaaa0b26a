"""Properties that a program adds to its tables, and what is said of variables."""


def test_own_properties_go_with_the_table_and_its_variables(run):
    run("T = addprop(table([1; 2], {'a'; 'b'}), {'note' 'sensor'}, {'table' 'variable'});")
    run("T.Properties.CustomProperties.note = 'hi'; T.Properties.CustomProperties.sensor = [\"x\" \"y\"];")
    assert run("U = T(1, 2); disp(U.Properties.CustomProperties.note)") == ["hi"]
    assert run("disp(U.Properties.CustomProperties.sensor)") == ["y"]
    assert run("T.z = [3; 4]; disp(T.Properties.CustomProperties.sensor)") == ['"x"    "y"    <missing>']
    assert run("T = rmprop(T, 'note'); disp(isprop(T.Properties.CustomProperties, 'note'))") == ["0"]
    assert run.fault("T.Properties.CustomProperties.sensor = 1;").identifier == "MATLAB:table:InvalidCustomPropLength"
    assert run.fault("addprop(T, 'sensor', 'variable')").identifier == "MATLAB:table:addprop:InvalidName"
    assert run.fault("rmprop(T, 'nothing')").identifier == "MATLAB:table:rmprop:UnknownProperty"


def test_the_continuity_of_variables_is_kept(run):
    run("T = table([1; 2], [3; 4]); T.Properties.VariableContinuity = {'continuous' 'step'};")
    assert run("disp(T(:, 2).Properties.VariableContinuity)") == ["{'step'}"]
    assert run.fault("T.Properties.VariableContinuity = {'x' 'y'};").identifier == "MATLAB:table:InvalidContinuity"
