y = lenght([1 2 3]);
%---- gives ----
error: Unrecognized function or variable 'lenght'.
  misspelt_function.m:1:5
    y = lenght([1 2 3]);
        ^^^^^^^^^^^^^^^
  + did you mean 'length'?
