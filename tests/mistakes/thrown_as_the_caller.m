outer(2);
function outer(x)
  check(x);
end
function check(x)
  if x > 1
    throwAsCaller(MException('net:range', 'x is %d.', x));
  end
end
%---- gives ----
error: x is 2.
  thrown_as_the_caller.m:3:3
    check(x);
    ^^^^^^^^
