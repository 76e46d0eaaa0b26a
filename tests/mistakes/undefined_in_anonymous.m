f = @(x) x + shiftamount;
f(1)
%---- gives ----
error: Unrecognized function or variable 'shiftamount'.
  undefined_in_anonymous.m:1:14
    f = @(x) x + shiftamount;
                 ^^^^^^^^^^^
