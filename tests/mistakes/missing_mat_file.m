load('weights_that_are_not_here.mat')
%---- gives ----
error: Unable to find file or directory 'weights_that_are_not_here.mat'.
  missing_mat_file.m:1:1
    load('weights_that_are_not_here.mat')
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
