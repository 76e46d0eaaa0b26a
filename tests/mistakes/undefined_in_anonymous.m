f = @(x) x + offset;
f(1)
%---- gives ----
error: Unrecognized function or variable 'offset'.
  undefined_in_anonymous.m:1:14
    f = @(x) x + offset;
                 ^^^^^^
