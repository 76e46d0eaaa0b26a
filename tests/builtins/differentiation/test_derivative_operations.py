"""dljacobian, dldivergence and dllaplacian: hand-worked derivatives, further ones of them, and what is refused."""

import numpy as np
import pytest


def numbers(value):
    return np.asarray(value.value)


def test_a_jacobian_has_a_row_for_each_element_of_the_output_and_the_size_of_the_input_behind(run):
    run("""x = dlarray([1 2; 3 4]);
        j = dlfeval(@(x) dljacobian([x(1,:).*x(2,:); x(1,:).^2; x(2,:)],x,1),x);""")
    found = numbers(run["j"])
    assert found.shape == (3, 2, 2)
    assert found[:, :, 0].tolist() == [[3, 1], [2, 0], [0, 1]]  # x1 = 1, x2 = 3
    assert found[:, :, 1].tolist() == [[4, 2], [4, 0], [0, 1]]  # x1 = 2, x2 = 4


def test_the_jacobian_of_one_output_has_the_size_of_the_input(run):
    run("j = dlfeval(@(x) dljacobian(x.^2,x,1),dlarray([1 2 3])); k = dlfeval(@(x) dljacobian(x.^2,x,2),dlarray(5));")
    assert numbers(run["j"]).tolist() == [[2, 4, 6]] and numbers(run["k"]) == 10


def test_a_dimension_other_than_the_first(run):
    run("j = dlfeval(@(x) dljacobian([x(:,1).*x(:,2) x(:,2)],x,2),dlarray([1 2; 3 4]));")
    assert numbers(run["j"])[0].tolist() == [[2, 1], [4, 3]] and numbers(run["j"])[1].tolist() == [[0, 1], [0, 1]]


def test_divergence_and_laplacian(run):
    run("""x = dlarray([1 2; 3 4]); d = dlfeval(@(x) dldivergence([x(1,:).^2.*x(2,:); x(2,:).^3],x,1),x);
        l = dlfeval(@(x) dllaplacian(x(1,:).^3.*x(2,:),x,1),x); z = dlfeval(@(x) dllaplacian(sum(x,1),x,1),x);""")
    assert numbers(run["d"]).tolist() == [[2 * 1 * 3 + 3 * 9, 2 * 2 * 4 + 3 * 16]]
    assert numbers(run["l"]).tolist() == [[6 * 1 * 3, 6 * 2 * 4]] and numbers(run["z"]).tolist() == [[0, 0]]


def test_a_burgers_loss_is_differentiated_through_all_of_them(run):
    """u = a x² t: u_t = a x², u_x = 2 a x t, u_xx = 2 a t; the mean of (u_t + u_xx)² by a is 2 a mean((x² + 2 t)²)."""
    run("""x = dlarray([1 2 3]); t = dlarray([2 1 1]); g = dlfeval(@loss,dlarray(0.5),x,t);
        function g = loss(a,x,t)
            u = a.*x.^2.*t; ux = dljacobian(u,x,1); uxx = dldivergence(ux,x,1);
            g = dlgradient(mean((dljacobian(u,t,1) + uxx).^2,"all"),a);
        end""")
    assert np.allclose(numbers(run["g"]), 2 * 0.5 * np.mean(np.array([5.0, 6, 11]) ** 2))


def test_without_higher_derivatives_they_are_constants(run):
    fault = run.fault("""dlfeval(@(x) dlgradient(sum(dljacobian(x.^2,x,1,EnableHigherDerivatives=false),"all"),x),
        dlarray([1 2]));""")
    assert fault.identifier == "deep:dlarray:ValueToDiffNotTraced"


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("dljacobian(dlarray(1),dlarray(1),1);", "deep:dljacobian:NotTraced"),
        ('dlfeval(@(x) dljacobian(x,x,1),dlarray([1 2],"CB"));', "deep:dljacobian:Labeled"),
        ("dlfeval(@(x) dldivergence(x(1,:),x,1),dlarray([1 2; 3 4]));", "deep:dldivergence:SizeMismatch"),
        ("dlfeval(@(x) dllaplacian(x,x,1),dlarray([1 2; 3 4]));", "deep:dllaplacian:NotAVector"),
        ("dlfeval(@(x) dljacobian(x,x,0),dlarray(1));", "MATLAB:getdimarg:dimensionMustBePositiveInteger"),
    ],
)
def test_refusals(run, text, identifier):
    assert run.fault(text).identifier == identifier
