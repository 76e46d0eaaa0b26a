rethrow(5)
%---- gives ----
error: Input must be an MException or a struct with a message and an identifier.
  not_an_exception.m:1:1
    rethrow(5)
    ^^^^^^^^^^
    rethrow got a 1x1 double
