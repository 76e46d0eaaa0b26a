x = error('net:none', 'nothing comes back');
%---- gives ----
error: Too many output arguments.
  result_of_error.m:1:5
    x = error('net:none', 'nothing comes back');
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
