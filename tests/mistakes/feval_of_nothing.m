feval('nothingAtAll')
%---- gives ----
error: Unrecognized function or variable 'nothingAtAll'.
  feval_of_nothing.m:1:1
    feval('nothingAtAll')
    ^^^^^^^^^^^^^^^^^^^^^
