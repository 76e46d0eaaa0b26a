"""dlfeval and dlgradient: hand-worked gradients, containers, higher derivatives, options, and what is refused."""

import numpy as np
import pytest

from cnnscript.engine.recording import Record
from cnnscript.engine.tensorflow_start import tensorflow
from cnnscript.values.numeric import as_array

HEAD = "function varargout = at(f,varargin), [varargout{1:nargout}] = dlfeval(f,varargin{:}); end\n"


def numbers(value):
    return np.asarray(value.value).ravel("F").tolist()


def test_rosenbrock_in_one_and_two_variables(run):
    run("""[v,g] = dlfeval(@one,dlarray([-1 2])); [a,b] = dlfeval(@two,dlarray(-1),dlarray(2));
        function [y,g] = one(x), y = 100*(x(2)-x(1).^2).^2 + (1-x(1)).^2; g = dlgradient(y,x); end
        function [a,b] = two(x1,x2), y = 100*(x2-x1.^2).^2 + (1-x1).^2; [a,b] = dlgradient(y,x1,x2); end""")
    assert numbers(run["v"]) == [104] and numbers(run["g"]) == [396, 200]
    assert numbers(run["a"]) == [396] and numbers(run["b"]) == [200]


def test_gradients_keep_labels_and_class(run):
    run("""g = dlfeval(@(x) dlgradient(sum(x.^2,"all"),x),dlarray(single([1 2; 3 4]),"CB")); d = dims(g);
        u = underlyingType(g);""")
    assert run["d"] == "CB" and run["u"] == "single" and numbers(run["g"]) == [2, 6, 4, 8]


def test_gradients_of_structs_and_cells_come_in_the_same_containers(run):
    run("""p.w = dlarray([1 2]); p.c = {dlarray(3), 'text'}; g = dlfeval(@f,p); w = g.w; c = g.c{1}; t = g.c{2};
        function g = f(p), g = dlgradient(sum(p.w,'all')*p.c{1}^2,p); end""")
    assert numbers(run["w"]) == [9, 9] and numbers(run["c"]) == [18] and run["t"] == "text"


def test_what_a_value_does_not_depend_on_has_gradient_zero(run):
    run("[a,b] = dlfeval(@f,dlarray([1 2]),dlarray(3)); function [a,b] = f(x,y), [a,b] = dlgradient(sum(x),x,y); end")
    assert numbers(run["a"]) == [1, 1] and numbers(run["b"]) == [0]


def test_gradients_with_respect_to_values_on_the_way(run):
    run("g = dlfeval(@f,dlarray([1 2])); function g = f(x), y = x.^2; z = sum(y.^3); g = dlgradient(z,y); end")
    assert numbers(run["g"]) == [3, 48]


def test_third_derivative(run):
    run("""g = dlfeval(@f,dlarray(2));
        function g = f(x)
            g = dlgradient(x^4,x,'EnableHigherDerivatives',true);
            g = dlgradient(g,x,EnableHigherDerivatives=true); g = dlgradient(g,x);
        end""")
    assert numbers(run["g"]) == [48]


def test_without_higher_derivatives_a_gradient_is_a_constant(run):
    fault = run.fault("dlfeval(@(x) dlgradient(dlgradient(x^3,x),x),dlarray(2));")
    assert fault.identifier == "deep:dlarray:ValueToDiffNotTraced"


def test_several_gradients_of_one_run(run):
    run("""[a,b] = dlfeval(@f,dlarray(2));
        function [a,b] = f(x), y = x^2; a = dlgradient(y,x,'RetainData',true); b = dlgradient(y*x,x); end""")
    assert numbers(run["a"]) == [4] and numbers(run["b"]) == [12]


def test_nested_dlfeval(run):
    run("""g = dlfeval(@outer,dlarray(3));
        function g = outer(x), inner = dlfeval(@(y) dlgradient(y^3,y,EnableHigherDerivatives=true),x);
        g = dlgradient(inner,x); end""")
    assert numbers(run["g"]) == [18]


def test_complex_numbers_on_the_way(run):
    run("""g = dlfeval(@(x) dlgradient(real(sum((x*(1+2i)).^2)),x),dlarray([1 2]));
        z = dlfeval(@(x) dlgradient(abs(x)^2,x),dlarray(1+2i));""")
    assert np.allclose(numbers(run["g"]), [2 * -3, 4 * -3])  # (1+2i)^2 = -3+4i
    assert np.allclose(numbers(run["z"]), [2 + 4j])


def test_outputs_leave_the_tape_and_numbers_cut_it(run):
    run("y = dlfeval(@(x) {x^2},dlarray(3)); v = y{1}; z = dlfeval(@(x) x^2 + extractdata(x),dlarray(3));")
    assert run["v"].record is None and numbers(run["z"]) == [12]
    run("g = dlfeval(@(x) dlgradient(x*extractdata(x),x),dlarray(3));")
    assert numbers(run["g"]) == [3]


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("dlgradient(dlarray(1),dlarray(1));", "deep:dlarray:ValueToDiffNotTraced"),
        ("dlfeval(@(x) dlgradient(1,x),dlarray(1));", "deep:dlarray:ValueToDiffNotDlarray"),
        ("dlfeval(@(x) dlgradient(x,x),dlarray([1 2]));", "deep:dlarray:ValueToDiffNonScalar"),
        ("dlfeval(@(x) dlgradient(dlarray(1),x),dlarray([1 2]));", "deep:dlarray:ValueToDiffNotTraced"),
        ("dlfeval(@(x) dlgradient(sum(x),dlarray(1)),dlarray([1 2]));", "deep:dlarray:VariableNotTraced"),
        ("dlfeval(@(x) dlgradient(sum(x),2),dlarray([1 2]));", "MATLAB:UndefinedFunction"),
        ("dlfeval(@(x) dlgradient(x*1i,x),dlarray(1));", "deep:dlarray:ValueToDiffComplex"),
        ("dlfeval(@(x) dlgradient(abs(x),x,AllowComplex=false),dlarray(1i));", "deep:dlgradient:ComplexNotAllowed"),
        ("dlfeval(@(x) x + ones(3,2),dlarray(ones(2,3)));", "MATLAB:sizeDimensionsMustMatch"),
        ("dlfeval(@(x) max(x,ones(3,2)),dlarray(ones(2,3)));", "MATLAB:sizeDimensionsMustMatch"),
        ("dlfeval(@(x) x*ones(2,2),dlarray(ones(2,3)));", "MATLAB:innerdim"),
        ("dlfeval(@(x) x^2,dlarray(ones(2,3)));", "MATLAB:square"),
        ("dlfeval(@(x) x^0.5,dlarray(ones(2,2)));", "deep:dlarray:FormNotDifferentiable"),
        ("dlfeval(@(x) [x; ones(1,2)],dlarray(ones(2,3)));", "MATLAB:catenate:dimensionMismatch"),
        ("dlfeval(@(x) x(3,1),dlarray(ones(2,3)));", "MATLAB:badsubscript"),
        ("dlfeval(@(x) reshape(x,4,[]),dlarray(ones(2,3)));", "MATLAB:getReshapeDims:notDivisible"),
        ("dlfeval(@(x) inv(x),dlarray(ones(2,2)));", "deep:dlarray:ComputationFailed"),
        ("dlfeval(@(x) mode(x),dlarray(ones(2,2)));", "MATLAB:UndefinedFunction"),
        ("dlfeval(@(x) sum(x,0),dlarray(ones(2,2)));", "MATLAB:getdimarg:invalidDim"),
        ("dlfeval(3);", "MATLAB:expectedFunctionHandle"),
        ("dlfeval(@(x) dlgradient(x),dlarray(1));", "MATLAB:minrhs"),
    ],
)
def test_refusals(run, text, identifier):
    assert run.fault(text).identifier == identifier


def test_after_a_fault_nothing_records(run):
    run.fault("dlfeval(@(x) error('no'),dlarray(1));")
    assert run.fault("dlgradient(dlarray(1),dlarray(1));").notes == ("no dlfeval is running",)


def test_masks_on_the_way(run):
    run("""g = dlfeval(@(x) dlgradient(sum(x.^2.*(x > 0)),x),dlarray([-1 2 3]));
        k = dlfeval(@(x) sum(x > 0),dlarray([-1 2]));""")
    assert numbers(run["g"]) == [0, 4, 6] and numbers(run["k"]) == [1]


def test_joining_and_reshaping_take_no_more_operations_than_they_need(run, monkeypatch):
    """Joined arrays were gathered element by element, reshapes to the same size computed and differentiated."""

    def gather(record, places):
        raise AssertionError("nothing needs to be looked up")

    monkeypatch.setattr(Record, "gather", gather)
    run("""x = dlarray([1 2; 3 4]); y = dlarray([5 6]);
        [g,h] = dlfeval(@(x,y) dlgradient(sum([x; y; x].^2.*[1;2;3;4;5],'all'),x,y),x,y);
        k = dlfeval(@(x) dlgradient(sum(cat(3,x,2*x).^2,'all'),x),x);
        f = dlfeval(@(x) dlgradient(sum([x x].*(1:4),'all'),x),dlarray(x,'SC'));""")
    assert array_of(run, "g").tolist() == [[2 * 1 * 5, 2 * 2 * 5], [2 * 3 * 7, 2 * 4 * 7]]
    assert array_of(run, "h").tolist() == [[30, 36]]
    assert array_of(run, "k").tolist() == [[10, 20], [30, 40]]
    assert array_of(run, "f").tolist() == [[4, 6], [4, 6]] and run["f"].labels == "SC"
    record = Record(tensorflow().constant([[1.0, 2.0]]))
    assert record.reshape((2, 1)) is record and record.reshape((1, 2)).shape == (1, 2)


def array_of(run, name):
    return as_array(run[name].value)
